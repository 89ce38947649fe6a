package org.axongrid.mapper.partition;

/**
 * What the synapses of one projection take of a core.
 *
 * @param words   synapse memory, shared lists once
 * @param longest words of the longest list
 * @param axons   input axon entries
 */
record InputUse(long words, int longest, long axons) { }
