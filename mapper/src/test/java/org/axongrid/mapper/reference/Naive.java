package org.axongrid.mapper.reference;

import java.util.function.IntToDoubleFunction;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Convolution after pooling by its definition, seen from the target: nothing shared with the classes under test but the geometry record. */
final class Naive {
    private Naive() { }

    /** Receives each synapse once. */
    interface SynapseVisitor {
        void synapse(int source, int target, int weight);
    }

    /** Visits (source neuron, target neuron, index of the weight in the kernel) of all synapses. */
    static void forEachSynapse(Projection p, SynapseVisitor visitor) {
        Shape from = p.sourceShape();
        Shape to = p.targetShape();
        int outPerGroup = to.channels() / p.groups();
        int inPerGroup = from.channels() / p.groups();
        for (int ty = 0; ty < to.height(); ty++) {
            for (int tx = 0; tx < to.width(); tx++) {
                for (int co = 0; co < to.channels(); co++) {
                    int group = co / outPerGroup;
                    for (int ky = 0; ky < p.kernelH(); ky++) {
                        for (int kx = 0; kx < p.kernelW(); kx++) {
                            int py = ty * p.strideH() + ky * p.dilationH() - p.padTop();
                            int px = tx * p.strideW() + kx * p.dilationW() - p.padLeft();
                            boolean inside = py >= 0 && px >= 0 && py * p.pool().strideH() + p.pool().kernelH() <= from.height()
                                && px * p.pool().strideW() + p.pool().kernelW() <= from.width();
                            for (int ci = group * inPerGroup; inside && ci < (group + 1) * inPerGroup; ci++) {
                                int weight = ((ky * p.kernelW() + kx) * from.channels() + ci) * outPerGroup + co - group * outPerGroup;
                                for (int wy = 0; wy < p.pool().kernelH(); wy++) {
                                    for (int wx = 0; wx < p.pool().kernelW(); wx++) {
                                        visitor.synapse(from.index(ci, py * p.pool().strideH() + wy, px * p.pool().strideW() + wx),
                                            to.index(co, ty, tx), weight);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** @return by target neuron the sum over its synapses of source value times weight */
    static double[] apply(Projection p, IntToDoubleFunction source, double[] kernel) {
        double[] sums = new double[p.targetShape().size()];
        forEachSynapse(p, (from, to, weight) -> sums[to] += source.applyAsDouble(from) * kernel[weight]);
        return sums;
    }
}
