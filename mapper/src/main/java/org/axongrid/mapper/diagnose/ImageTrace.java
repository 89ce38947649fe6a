package org.axongrid.mapper.diagnose;

/**
 * One image at each stage: classes, and by layer the sums that fidelity is computed from. Sums are kept by image so that they do not depend on
 * which thread ran which image.
 */
public final class ImageTrace {
    final int[] prediction = new int[Stage.values().length];
    /** By population and stage. */
    final Moments[][] moments;
    final long[] saturated;
    final long[] clipped;
    final long[] uneven;
    final long[] judged;
    final long[] masked;
    long membraneSaturations;
    long accumulatorWraps;
    long[] readout;

    ImageTrace(int populations) {
        moments = new Moments[populations][Stage.values().length];
        for (Moments[] row : moments) {
            for (int s = 0; s < row.length; s++) {
                row[s] = new Moments();
            }
        }
        saturated = new long[populations];
        clipped = new long[populations];
        uneven = new long[populations];
        judged = new long[populations];
        masked = new long[populations];
    }

    /**
     * @param stage a stage
     * @return the class that the network decides for there
     */
    public int prediction(Stage stage) {
        return prediction[stage.ordinal()];
    }

    /** @return by class the integer readout's sum over T steps, in its units: what a chip must give too */
    public long[] readout() {
        return readout.clone();
    }

    /** Sums over a layer's neurons: values of the stage, of the trained network (a) and of the stage before. */
    static final class Moments {
        long count;
        double sum;
        double squares;
        double withTrained;
        double offTrained;
        double offBefore;

        void add(double[] values, double[] trained, double[] before) {
            count += values.length;
            for (int i = 0; i < values.length; i++) {
                double v = values[i];
                sum += v;
                squares += v * v;
                withTrained += v * trained[i];
                offTrained += (v - trained[i]) * (v - trained[i]);
                offBefore += (v - before[i]) * (v - before[i]);
            }
        }

        void add(Moments other) {
            count += other.count;
            sum += other.sum;
            squares += other.squares;
            withTrained += other.withTrained;
            offTrained += other.offTrained;
            offBefore += other.offBefore;
        }
    }
}
