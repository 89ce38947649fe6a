package org.axongrid.emulator.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axongrid.emulator.core.CorePlaces;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.layer.LayerInputs;
import org.axongrid.isa.layer.LayerSynapses;

/** Counts and times of a layered system's cores under one set of costs. Immutable. */
final class LayerCosts {
    final StepCosts costs;
    /** By synapses: the distinct tables of input axons. */
    final ReceivePart[][] parts;
    /** By synapses and piece of the target: number of its table. */
    final int[][] partOf;
    /** By layer and piece. */
    final PieceOutput[][] outputs;
    /** By layer: longest time of a core in a step in which it rests, ps. */
    final long[] restPs;

    private final LayeredSystem system;
    /** By core of the image: its layer, and its piece of it. */
    private final int[] layerOf;
    private final int[] pieceOf;

    LayerCosts(LayeredSystem system, StepCosts costs) {
        this.system = system;
        this.costs = costs;
        int synapses = system.synapses().size();
        parts = new ReceivePart[synapses][];
        partOf = new int[synapses][];
        for (int i = 0; i < synapses; i++) {
            parts(i);
        }
        layerOf = new int[system.image().cores().size()];
        pieceOf = new int[layerOf.length];
        restPs = new long[system.layers.length];
        for (int l = 0; l < system.layers.length; l++) {
            LoadedPiece[] pieces = system.layers[l].pieces;
            for (int i = 0; i < pieces.length; i++) {
                layerOf[pieces[i].core] = l;
                pieceOf[pieces[i].core] = i;
                restPs[l] = Math.max(restPs[l], costs.coreStepPs() + (long) pieces[i].updated * costs.updateIdlePs());
            }
        }
        int[] indexOf = indexOf();
        outputs = new PieceOutput[system.layers.length][];
        CorePlaces places = new CorePlaces(system.image().chip(), indexOf.length - 1);
        Far far = new Far();
        IntStream.range(0, outputs.length).forEach(l -> {
            LoadedPiece[] pieces = system.layers[l].pieces;
            outputs[l] = IntStream.range(0, pieces.length).parallel().mapToObj(i -> new PieceOutput(pieces[i],
                (LoihiCoreImage) system.image().cores().get(pieces[i].core), system.image().chip(), places, costs, far, indexOf)).toArray(PieceOutput[]::new);
        });
    }

    private void parts(int i) {
        LayerSynapses s = system.synapses().get(i);
        int channels = system.layers[s.source()].layer.channels();
        Map<LayerInputs, Integer> known = new IdentityHashMap<>();
        List<ReceivePart> distinct = new ArrayList<>();
        partOf[i] = new int[s.inputs().size()];
        for (int piece = 0; piece < partOf[i].length; piece++) {
            LayerInputs inputs = s.inputs().get(piece);
            partOf[i][piece] = known.computeIfAbsent(inputs, k -> {
                distinct.add(new ReceivePart(inputs, channels, costs));
                return distinct.size() - 1;
            });
        }
        parts[i] = distinct.toArray(ReceivePart[]::new);
    }

    private int[] indexOf() {
        int[] numbers = system.image().cores().stream().mapToInt(c -> c.core()).toArray();
        int[] indexOf = new int[Arrays.stream(numbers).max().orElse(0) + 1];
        for (int i = 0; i < numbers.length; i++) {
            indexOf[numbers[i]] = i;
        }
        return indexOf;
    }

    /** Receiving at any core: of its input axons those of each synapses follow one another. */
    private final class Far implements PieceOutput.Services {
        @Override
        public long ps(int core, int axon, int channel) {
            int own = axon;
            for (int i : system.into[layerOf[core]]) {
                int axons = system.synapses().get(i).inputs().get(pieceOf[core]).axons();
                if (own < axons) {
                    return parts[i][partOf[i][pieceOf[core]]].ps(own, channel);
                }
                own -= axons;
            }
            throw new IllegalStateException("core " + core + " has no input axon " + axon);
        }

        @Override
        public boolean isUniform(int core, int axon, int from, int to) {
            int own = axon;
            for (int i : system.into[layerOf[core]]) {
                int axons = system.synapses().get(i).inputs().get(pieceOf[core]).axons();
                if (own < axons) {
                    return parts[i][partOf[i][pieceOf[core]]].isUniform(own, from, to);
                }
                own -= axons;
            }
            throw new IllegalStateException("core " + core + " has no input axon " + axon);
        }
    }
}
