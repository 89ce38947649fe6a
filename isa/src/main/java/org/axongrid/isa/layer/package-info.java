/**
 * A chip image seen layer by layer: which cores hold which neurons, and kernels that are there once for all cores. It says nothing that the image does not say;
 * whoever runs many inputs at once runs it instead of the cores, with the same spikes, counts and times.
 */
package org.axongrid.isa.layer;
