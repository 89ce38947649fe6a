package org.axongrid.mapper.place;

/**
 * Where cores are.
 *
 * @param placer name of the placer that made it
 * @param chips  number of chips
 * @param coreOf by core of the partition: number of the core in the system
 */
public record Placement(String placer, int chips, int[] coreOf) { }
