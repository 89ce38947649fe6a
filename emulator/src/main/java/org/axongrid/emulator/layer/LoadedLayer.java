package org.axongrid.emulator.layer;

import java.util.List;
import org.axongrid.emulator.microcode.KernelCompiler;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.layer.Layer;
import org.axongrid.isa.microcode.NeuronKernel;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.microcode.StateWord;

/** A layer ready to run: its compartments core by core, with all that their cores' images say of them. Immutable. */
final class LoadedLayer {
    private static final String IF_SOFT = "if-soft";

    /** How the neurons of a layer are updated. */
    enum Neurons {
        /** Integrate and fire, native: no leak, no synaptic current, soft reset. */
        INTEGRATE,
        /** Any other native compartment without noise. */
        NATIVE,
        /** The library's program of converted networks. */
        IF_SOFT,
        /** Any other program without random numbers. */
        PROGRAM
    }

    final Layer layer;
    final LoadedPiece[] pieces;
    final Neurons neurons;
    /** What runs the program; null if native. */
    final NeuronProgram program;
    final NeuronKernel kernel;
    /** By compartment of the layer: threshold in register steps, or the program's threshold. */
    final int[] threshold;
    /** By compartment: effective bias of the image. */
    final int[] bias;
    /** Exponent of bias registers that a host writes. */
    final int biasExponent;
    /** By state word and compartment: initial values. */
    final int[][] initial;
    /** Whether spikes may have payloads other than 1. */
    final boolean graded;
    /** By compartment: its neuron, position and channel. */
    final int[] neuronOf;
    final int[] positionOf;
    final char[] channelOf;
    /** Most compartments of a piece. */
    final int largest;

    LoadedLayer(Layer layer, ChipImage image) {
        this.layer = layer;
        pieces = new LoadedPiece[layer.pieces().size()];
        int base = 0;
        int most = 0;
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new LoadedPiece(layer.pieces().get(i), base, core(image, i), image.chip());
            base += pieces[i].compartments;
            most = Math.max(most, pieces[i].compartments);
        }
        largest = most;
        neuronOf = new int[base];
        positionOf = new int[base];
        channelOf = new char[base];
        for (LoadedPiece p : pieces) {
            int at = p.base;
            for (int position : p.positions) {
                for (int c = p.firstChannel; c < p.firstChannel + p.channels; c++) {
                    neuronOf[at] = position * layer.channels() + c;
                    positionOf[at] = position;
                    channelOf[at++] = (char) c;
                }
            }
        }
        threshold = new int[base];
        bias = new int[base];
        NeuronProfile any = pieces.length == 0 ? null : pieces[0].rangeProfile[0];
        program = any == null ? null : core(image, 0).programOf(any);
        kernel = program == null ? null : KernelCompiler.kernel(program);
        neurons = any == null ? Neurons.INTEGRATE : neurons(any, program);
        graded = program != null && neurons != Neurons.IF_SOFT && image.chip().hasGradedSpikes();
        biasExponent = any == null ? 0 : any.biasExponent();
        initial = new int[program == null ? 1 : program.state().size()][base];
        int shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        for (int i = 0; i < pieces.length; i++) {
            load(core(image, i), pieces[i], shift);
        }
    }

    private LoihiCoreImage core(ChipImage image, int piece) {
        return (LoihiCoreImage) image.cores().get(layer.pieces().get(piece).core());
    }

    private static Neurons neurons(NeuronProfile p, NeuronProgram program) {
        if (program != null) {
            NeuronProgram known = NeuronPrograms.library(IF_SOFT);
            boolean same = program.code().equals(known.code()) && program.state().size() == 1 && program.state().get(0).edge() == StateWord.Edge.SATURATE
                && program.inputs().size() == 1 && program.constants().size() == 1;
            return same ? Neurons.IF_SOFT : Neurons.PROGRAM;
        }
        boolean plain = p.currentDecay() == 4096 && p.voltageDecay() == 0 && p.reset() == NeuronProfile.Reset.SOFT && p.refractoryDelay() == 1;
        return plain ? Neurons.INTEGRATE : Neurons.NATIVE;
    }

    private void load(LoihiCoreImage core, LoadedPiece piece, int shift) {
        List<NeuronProfile> profiles = core.profiles();
        for (int c = 0; c < piece.compartments; c++) {
            NeuronProfile p = profiles.get(core.profileOf()[c]);
            int at = piece.base + c;
            threshold[at] = neurons == Neurons.IF_SOFT ? p.constants().get(0) : p.thresholdMantissa() << shift;
            bias[at] = core.biasMantissa()[c] << p.biasExponent();
            initial[0][at] = core.initialV()[c];
            for (int w = 1; w < initial.length; w++) {
                initial[w][at] = core.initialState().length == 0 ? program.state().get(w).initial()
                    : core.initialState()[(w - 1) * piece.compartments + c];
            }
        }
    }

    /** @return whether voltages, limits and thresholds are so far from the ends of an int that sums of them cannot leave it */
    boolean bounded() {
        int far = 1 << 28;
        for (int i = 0; i < threshold.length; i++) {
            if (Math.abs((long) initial[0][i]) >= far || threshold[i] < 0 || threshold[i] >= far) {
                return false;
            }
        }
        if (program != null) {
            return program.state().get(0).bits() <= 28;
        }
        for (LoadedPiece p : pieces) {
            for (NeuronProfile profile : p.rangeProfile) {
                if (profile.vMin() <= -far || profile.vMax() >= far) {
                    return false;
                }
            }
        }
        return true;
    }

    int size() {
        return layer.size();
    }

    int startStep() {
        return layer.startStep();
    }
}
