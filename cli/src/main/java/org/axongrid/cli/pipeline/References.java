package org.axongrid.cli.pipeline;

/**
 * What the simulators beside the chip gave for the same images.
 *
 * @param floatSnn          classes of the converted network in real numbers
 * @param oracle            classes of the integer oracle
 * @param readoutMismatches images whose chip readout differs from the oracle's in any step and class; must be 0
 * @param oracleSpikes      spikes of the oracle over all images
 * @param spikesOf          by population, spikes of the oracle over all images
 * @param oracleOperations  synaptic operations of the oracle over all images
 * @param oracleSaturations membrane saturations of the oracle
 * @param seconds           host time
 */
public record References(Predictions floatSnn, Predictions oracle, int readoutMismatches, long oracleSpikes, long[] spikesOf,
                         long oracleOperations, long oracleSaturations, double seconds) { }
