package org.axongrid.isa.layer;

/**
 * Which source positions reach which target positions, by target.
 *
 * @param count  number of taps of the kernel
 * @param first  by target position: its first connection; one element more
 * @param source by connection: source position, ascending for each target
 * @param tap    by connection: tap of the kernel
 */
public record LayerTaps(int count, int[] first, int[] source, int[] tap) { }
