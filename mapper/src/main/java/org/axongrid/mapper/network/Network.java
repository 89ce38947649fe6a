package org.axongrid.mapper.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A trained network after import: batch norm folded, pooling folded into the projections that read it.
 *
 * <p>Population 0 is the input and populations are in topological order: every projection goes from a lower to a higher index, or from a
 * hidden population to itself; such a one delivers what was sent a step before. The last population is the readout. A population's current is the sum over its projections plus its bias.
 *
 * <p>{@code kernels.get(i)} belongs to {@code projections.get(i)}, in that class's layout. Values act on the <em>source's activation
 * values</em>, with the pooling area already divided out.
 *
 * @param name        the model's name
 * @param populations in topological order
 * @param projections the synapses' geometry
 * @param kernels     their float weights
 * @param front       what the host makes of an image before it is population 0; {@code null} for nothing
 */
public record Network(String name, List<Population> populations, List<Projection> projections, List<double[]> kernels, Front front) {
    /** A network that reads images as they are. */
    public Network(String name, List<Population> populations, List<Projection> projections, List<double[]> kernels) {
        this(name, populations, projections, kernels, null);
    }

    /** Checks the order, the shapes and the lengths. */
    public Network {
        populations = List.copyOf(populations);
        projections = List.copyOf(projections);
        kernels = List.copyOf(kernels);
        if (projections.size() != kernels.size()) {
            throw new IllegalArgumentException(projections.size() + " projections, " + kernels.size() + " kernels");
        }
        if (populations.size() < 2 || !populations.get(0).activation().isInput()) {
            throw new IllegalArgumentException("a network starts with an input and has at least one further population");
        }
        for (int i = 0; i < projections.size(); i++) {
            Projection p = projections.get(i);
            boolean itself = p.source() == p.target() && p.source() > 0 && p.target() < populations.size() - 1;
            if (!itself && (p.source() < 0 || p.source() >= p.target() || p.target() >= populations.size())) {
                throw new IllegalArgumentException("projection " + i + " goes from " + p.source() + " to " + p.target());
            }
            if (!p.sourceShape().equals(populations.get(p.source()).shape()) || !p.targetShape().equals(populations.get(p.target()).shape())) {
                throw new IllegalArgumentException("projection " + i + ": shapes differ from its populations'");
            }
            if (kernels.get(i).length != p.kernelSize()) {
                throw new IllegalArgumentException("projection " + i + ": " + kernels.get(i).length + " weights, not " + p.kernelSize());
            }
        }
    }

    /** @return the input population */
    public Population input() {
        return populations.get(0);
    }

    /** @return shape of the images that the network is given: the input's, unless the host computes something first */
    public Shape imageShape() {
        return front == null ? input().shape() : front.imageShape();
    }

    /** @return whether the input sends spikes, not values that stay the same in all steps */
    public boolean eventInput() {
        return input().activation().kind() == Activation.Kind.EVENTS;
    }

    /** @return whether a projection carries the values of an analog input; all others carry spikes */
    public boolean isAnalog(Projection projection) {
        return projection.source() == 0 && !eventInput();
    }

    /** @return the readout population */
    public Population readout() {
        return populations.get(populations.size() - 1);
    }

    /** @return the indices of the projections into population {@code target}, ascending */
    public int[] into(int target) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            if (projections.get(i).target() == target) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The number of spiking populations on the longest path from the input: 0 for one that the input drives alone, which fires in the
     * step in which its current arrives; a population fed by one of depth d has at least depth d + 1, because a router hop takes a
     * step.
     *
     * @return hop depth by population; the input's is -1
     */
    public int[] depths() {
        int[] depth = new int[populations.size()];
        depth[0] = -1;
        for (int t = 1; t < depth.length; t++) {
            int d = 0;
            for (int p : into(t)) {
                int source = projections.get(p).source();
                d = source == t ? d : Math.max(d, depth[source] + 1);
            }
            depth[t] = d;
        }
        return depth;
    }
}
