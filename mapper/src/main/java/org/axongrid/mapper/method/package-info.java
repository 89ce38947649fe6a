/**
 * Published ANN-to-SNN methods: a class each with its source, what it needs, and what it asks of a chip; each makes a
 * {@link org.axongrid.mapper.convert.SpikingNetwork} with its schedule.
 */
package org.axongrid.mapper.method;
