package org.axongrid.emulator.core;

import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * Parameters of a core's neurons as sums and masks, one array each, for loops without branches ({@link TrueNorthLoops}): V after a crossing is the bits of V
 * that stay plus what is added.
 */
final class TrueNorthParameters {
    final int[] noiseMask;
    final int[] linear;
    final int[] lowerNoise;
    final int[] leakPlain;
    final int[] leakReversed;
    final int[] stopAtZero;
    final int[] upper;
    final int[] lower;
    final int[] upperKeep;
    final int[] upperAdd;
    final int[] lowerKeep;
    final int[] lowerAdd;
    private final TrueNorthRules rules;

    TrueNorthParameters(int neurons, TrueNorthRules rules) {
        this.rules = rules;
        noiseMask = new int[neurons];
        linear = new int[neurons];
        lowerNoise = new int[neurons];
        leakPlain = new int[neurons];
        leakReversed = new int[neurons];
        stopAtZero = new int[neurons];
        upper = new int[neurons];
        lower = new int[neurons];
        upperKeep = new int[neurons];
        upperAdd = new int[neurons];
        lowerKeep = new int[neurons];
        lowerAdd = new int[neurons];
    }

    void set(int j, TrueNorthNeuron p) {
        noiseMask[j] = (1 << p.maskBits()) - 1;
        linear[j] = p.reset() == TrueNorthNeuron.Reset.LINEAR ? -1 : 0;
        lowerNoise[j] = p.saturates() ? 0 : -1;
        (p.leakReversal() ? leakReversed : leakPlain)[j] = p.leak();
        stopAtZero[j] = p.leakReversal() && rules.zeroCrossing() == TrueNorthRules.ZeroCrossing.CLAMP ? -1 : 0;
        upper[j] = p.threshold();
        lower[j] = -p.negativeThreshold() + (rules.negativeCompare() == TrueNorthRules.NegativeCompare.AT_OR_BELOW ? 1 : 0);
        switch (p.reset()) {
            case TO_VALUE -> {
                upperAdd[j] = p.resetValue();
                lowerAdd[j] = -p.resetValue();
            }
            case LINEAR -> {
                upperKeep[j] = -1;
                upperAdd[j] = -p.threshold();
                lowerKeep[j] = -1;
                lowerAdd[j] = p.negativeThreshold();
            }
            case NONE -> {
                upperKeep[j] = -1;
                lowerKeep[j] = -1;
            }
        }
        if (p.saturates()) {
            lowerKeep[j] = 0;
            lowerAdd[j] = -p.negativeThreshold();
        }
    }
}
