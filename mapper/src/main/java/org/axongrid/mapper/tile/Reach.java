package org.axongrid.mapper.tile;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.partition.CoreBudget;

/** What a projection costs for given boxes of both its sides, in closed form. */
final class Reach {
    private final Projection projection;
    private final ChipSpec chip;
    private final AxisReach rows;
    private final AxisReach columns;

    Reach(Projection projection, ChipSpec chip) {
        this.projection = projection;
        this.chip = chip;
        rows = new AxisReach(projection, true);
        columns = new AxisReach(projection, false);
    }

    /**
     * Packets that the target's cores receive: a packet for each spike and each core with a target.
     *
     * @param rate by source position, summed over its channels; of length 1 if all are alike
     */
    double packets(double[] rate, int inRows, int inColumns, int chunk) {
        int[] y = rows.parts(inRows);
        int[] x = columns.parts(inColumns);
        double sum = 0;
        if (rate.length == 1) {
            long down = 0;
            long across = 0;
            for (int n : y) {
                down += n;
            }
            for (int n : x) {
                across += n;
            }
            sum = rate[0] * down * across;
        } else {
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    sum += rate[i * x.length + j] * y[i] * x[j];
                }
            }
        }
        return sum * meanChunks(chunk);
    }

    /** @return chunks of the target that a source channel reaches, in the mean */
    private double meanChunks(int chunk) {
        int channels = projection.sourceShape().channels();
        int group = projection.inPerGroup();
        long sum = 0;
        for (int ci = 0; ci < channels; ci += group) {
            sum += (long) group * chunks(ci, ci + 1, chunk);
        }
        return (double) sum / channels;
    }

    /** @return chunks of the target that source channels {@code from .. to-1} reach */
    private int chunks(int from, int to, int chunk) {
        int low = projection.firstOutChannel(from);
        int high = projection.firstOutChannel(to - 1) + projection.outPerGroup();
        return (high - 1) / chunk - low / chunk + 1;
    }

    /** @return input axons of the fullest core of the target */
    long inputAxons(TileBox source, TileBox target) {
        long positions = rows.footprint(target.rows()) * columns.footprint(target.columns());
        int channels = projection.sourceShape().channels();
        int outChannels = projection.targetShape().channels();
        if (projection.groups() == 1) {
            return positions * axonGroups(0, channels, source.chunk());
        }
        long most = 0;
        for (int c = 0; c < outChannels; c += target.chunk()) {
            int last = Math.min(outChannels, c + target.chunk()) - 1;
            int from = c / projection.outPerGroup() * projection.inPerGroup();
            int to = (last / projection.outPerGroup() + 1) * projection.inPerGroup();
            most = Math.max(most, axonGroups(from, to, source.chunk()));
        }
        return positions * most;
    }

    /** @return axon groups with a channel of {@code from .. to-1}, of a source cut into such chunks */
    private long axonGroups(int from, int to, int chunk) {
        int channels = projection.sourceShape().channels();
        int atoms = chip.get(ChipParameter.POPULATION_ATOMS_MAX);
        long groups = 0;
        for (int first = from / chunk * chunk; first < to; first += chunk) {
            int end = Math.min(channels, first + chunk);
            for (int g = first; g < end; g += atoms) {
                groups += g < to && Math.min(end, g + atoms) > from ? 1 : 0;
            }
        }
        return groups;
    }

    /** @return output axon entries of the fullest core of the source */
    long outputAxons(TileBox source, TileBox target, boolean severalChips) {
        int channels = projection.sourceShape().channels();
        long most = 0;
        for (int c = 0; c < channels; c += source.chunk()) {
            int own = Math.min(source.chunk(), channels - c);
            most = Math.max(most, (long) chunks(c, c + own, target.chunk()) * CoreBudget.groups(own, chip) * entries(own == 1, severalChips));
            if (projection.groups() == 1 && channels % source.chunk() == 0) {
                break;
            }
        }
        return rows.reached(source.rows(), target.rows()) * columns.reached(source.columns(), target.columns()) * most;
    }

    private int entries(boolean discrete, boolean remote) {
        return chip.get(discrete ? remote ? ChipParameter.DISCRETE_ENTRIES_REMOTE : ChipParameter.DISCRETE_ENTRIES_LOCAL
            : remote ? ChipParameter.POPULATION_ENTRIES_REMOTE : ChipParameter.POPULATION_ENTRIES_LOCAL);
    }
}
