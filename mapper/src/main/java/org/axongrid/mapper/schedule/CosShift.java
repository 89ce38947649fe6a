package org.axongrid.mapper.schedule;

/**
 * The correction of v(0) in "Bridging the Gap between ANNs and SNNs by Calibrating Offset Spikes" (Hao et al., ICLR 2023): after rho steps a
 * neuron with v below 0 has sent a spike too many, one with v of theta or more a spike too few, and v(0) is moved just so far that one
 * spike of the same inputs goes or comes.
 */
public final class CosShift {
    /** Stands for the largest potential after a silent step where there was none, in thresholds, as in the authors' code. */
    public static final int SENTINEL = -1000;

    private CosShift() { }

    /**
     * @param v              potential after rho steps
     * @param theta          threshold
     * @param spiked         whether there was a spike
     * @param lowestSpiking  lowest potential after a step with a spike
     * @param highestSilent  highest potential after a step without one; {@code SENTINEL * theta} if there was none
     * @param epsilon        how far beyond the limit the shift goes
     * @return what is added to v(0)
     */
    public static double of(double v, double theta, boolean spiked, double lowestSpiking, double highestSilent, double epsilon) {
        if (v < 0 && spiked) {
            return -Math.max(theta, lowestSpiking + epsilon);
        }
        return v >= theta ? Math.max(theta, theta + epsilon - highestSilent) : 0;
    }

    /**
     * The same in integers, with an epsilon of 1.
     *
     * @param v             potential after rho steps
     * @param theta         threshold
     * @param spiked        whether there was a spike
     * @param lowestSpiking lowest potential after a step with a spike
     * @param highestSilent highest potential after a step without one; {@code SENTINEL * theta} if there was none
     * @return what is added to v(0)
     */
    public static long of(long v, long theta, boolean spiked, long lowestSpiking, long highestSilent) {
        if (v < 0 && spiked) {
            return -Math.max(theta, lowestSpiking + 1);
        }
        return v >= theta ? Math.max(theta, theta + 1 - highestSilent) : 0;
    }
}
