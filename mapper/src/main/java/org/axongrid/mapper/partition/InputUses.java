package org.axongrid.mapper.partition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.neuron.NeuronModel;

/**
 * Remembers what synapses take of cores, for layers that are cut along one curve: a deep network repeats its layers, and each is asked for the same stretches of
 * the curve when the size of its chunks is chosen, when it is cut, and when chips make it be cut again. One network, chip and model of neurons; one thread.
 */
final class InputUses {
    /** By projection: the first of the same geometry, whose input is replayed as well or not. */
    private final int[] alike;
    private final Map<Key, InputUse> known = new HashMap<>();

    /**
     * A stretch of a curve through a map.
     *
     * @param order the curve; an array stands for itself, not for its contents
     * @param from  first place
     * @param count places
     */
    record Stretch(int[] order, int from, int count) { }

    /** The channels that a piece begins with matter only where these are grouped. */
    private record Key(int projection, int chunk, int firstChannel, int channels, Stretch stretch) { }

    InputUses(Network network, NeuronModel neurons) {
        List<Projection> all = network.projections();
        Map<List<Object>, Integer> first = new HashMap<>();
        alike = new int[all.size()];
        Arrays.setAll(alike, i -> first.computeIfAbsent(List.of(all.get(i).between(0, all.get(i).source() == all.get(i).target() ? 0 : 1),
            neurons.starts().replayDelay(all.get(i)) > 0), k -> i));
    }

    /**
     * @param projection number of a projection
     * @param grouped    whether its channels are grouped
     * @param chunk      channels per core of its source
     * @param piece      a piece of its target
     * @param stretch    where the piece's positions come from
     * @param count      counts
     * @return what was counted, now or before
     */
    InputUse of(int projection, boolean grouped, int chunk, CorePiece piece, Stretch stretch, Supplier<InputUse> count) {
        return known.computeIfAbsent(new Key(alike[projection], chunk, grouped ? piece.firstChannel() : 0, piece.channels(), stretch), k -> count.get());
    }
}
