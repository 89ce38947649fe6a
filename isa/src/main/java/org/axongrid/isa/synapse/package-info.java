/** Synapse lists as the core's memory holds them: formats, packing into 64-bit words, unpacking. */
package org.axongrid.isa.synapse;
