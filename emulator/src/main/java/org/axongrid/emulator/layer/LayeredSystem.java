package org.axongrid.emulator.layer;

import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Noise;
import org.axongrid.isa.layer.Layer;
import org.axongrid.isa.layer.LayerPlan;
import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.isa.microcode.Opcode;

/** A chip image loaded layer by layer: each kernel once. Immutable, shared by all threads. */
public final class LayeredSystem {
    private final ChipImage image;
    private final LayerPlan plan;
    final LoadedLayer[] layers;
    /** By synapses of the plan. */
    final SynapseKernel[] kernels;
    /** By layer: numbers of the synapses into it. */
    final int[][] into;
    /** Number of the readout's layer, -1 if there is none. */
    final int readout;

    /**
     * @param image a validated image
     * @throws IllegalArgumentException if {@link #refusal} has something against it
     */
    public LayeredSystem(ChipImage image) {
        String refusal = refusal(image);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        this.image = image;
        plan = image.plan();
        layers = plan.layers().stream().map(l -> new LoadedLayer(l, image)).toArray(LoadedLayer[]::new);
        int shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        kernels = plan.synapses().stream().parallel().map(s -> kernel(s, shift)).toArray(SynapseKernel[]::new);
        into = new int[layers.length][];
        int last = -1;
        for (int l = 0; l < layers.length; l++) {
            into[l] = plan.into(l);
            last = layers[l].layer.readout() ? l : last;
        }
        readout = last;
    }

    private SynapseKernel kernel(LayerSynapses s, int shift) {
        int from = layers[s.source()].layer.channels();
        int to = layers[s.target()].layer.channels();
        return !layers[s.source()].graded && LaneKernel.fits(s) ? new LaneKernel(s, layers[s.source()].layer.positions(), from, to, shift) : new RowKernel(s, from, to, shift);
    }

    /**
     * @param image any image
     * @return why it cannot be run layer by layer, a clause; {@code null} if it can
     */
    public static String refusal(ChipImage image) {
        if (image.plan() == null) {
            return "it is not known layer by layer";
        }
        if (image.chip().coreModel() != CoreModel.LOIHI || image.arithmetic() != Arithmetic.NENGO_LOIHI) {
            return "its registers have another arithmetic";
        }
        if (!image.ports().isEmpty()) {
            return "its input is spikes, of which a neuron may have several in a step";
        }
        for (Layer l : image.plan().layers()) {
            if (l.channels() > Character.MAX_VALUE) {
                return "layer " + l.name() + " has " + l.channels() + " channels";
            }
            for (int i = 0; i < l.pieces().size(); i++) {
                String why = refusal((LoihiCoreImage) image.cores().get(l.pieces().get(i).core()), (LoihiCoreImage) image.cores().get(l.pieces().get(0).core()));
                if (why != null) {
                    return "layer " + l.name() + " " + why;
                }
            }
        }
        return null;
    }

    private static String refusal(LoihiCoreImage core, LoihiCoreImage first) {
        if (core.programs().size() > 1 || !core.programs().equals(first.programs())) {
            return "has several neuron programs";
        }
        if (core.inputs() > 1 || core.atomFactor().length > 0) {
            return "has several accumulators or factorised connections";
        }
        if (core.programs().stream().flatMap(p -> p.code().stream()).anyMatch(i -> i.opcode() == Opcode.RANDOM || i.opcode() == Opcode.PROBE)) {
            return "draws random numbers or shows values on probes";
        }
        for (NeuronProfile p : core.profiles()) {
            if (p.noise().target() != Noise.Target.NOTHING || p.isProgrammed() == core.programs().isEmpty()) {
                return "has noise, or neurons with a program and without";
            }
        }
        return null;
    }

    /** @return the image */
    public ChipImage image() {
        return image;
    }

    /** @return its layers and synapses */
    LayerPlan plan() {
        return plan;
    }

    /** @return bytes of weights in memory */
    public long weightBytes() {
        return Arrays.stream(kernels).mapToLong(SynapseKernel::bytes).sum();
    }

    /** @return bytes of state that one input takes in a run of so many steps: the spikes of all layers, and the sums of the largest */
    public long bytesPerInput(int window) {
        long spikes = 0;
        long largest = 0;
        for (LoadedLayer l : layers) {
            spikes += (2L * l.size() + 4L * l.layer.positions() + (l.graded ? 4L * l.size() : 0)) * window;
            largest = Math.max(largest, 4L * l.size() * window);
        }
        return spikes + largest;
    }

    /** @return the synapses of the plan */
    List<LayerSynapses> synapses() {
        return plan.synapses();
    }
}
