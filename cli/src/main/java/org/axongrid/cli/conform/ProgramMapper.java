package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;

/** Puts the population of a {@link ProgramCase} on cores; each source is a line of a port per accumulator. */
final class ProgramMapper {
    private static final int[] NONE = {};
    private final ProgramCase net;
    private final ChipSpec chip;
    private final int perCore;
    private final List<CoreImage> cores = new ArrayList<>();

    private ProgramMapper(ProgramCase net, ChipSpec chip, int perCore) {
        this.net = net;
        this.chip = chip;
        this.perCore = Math.min(perCore, chip.get(ChipParameter.COMPARTMENT_PROFILES));
    }

    /**
     * @param net     a case
     * @param name    its name
     * @param chip    the chip
     * @param perCore compartments per core at most, on top of the chip's limits
     * @return a valid image: one region, a port per accumulator with a line per source
     */
    static ChipImage map(ProgramCase net, String name, ChipSpec chip, int perCore) {
        return new ProgramMapper(net, chip, perCore).image(name);
    }

    private ChipImage image(String name) {
        int size = net.size();
        int[] core = new int[size];
        int[] compartment = new int[size];
        for (int from = 0; from < size; from += perCore) {
            int to = Math.min(size, from + perCore);
            for (int i = from; i < to; i++) {
                core[i] = cores.size();
                compartment[i] = i - from;
            }
            cores.add(core(from, to));
        }
        List<SpikePort> ports = new ArrayList<>();
        for (int k = 0; k < net.inputs().size(); k++) {
            ports.add(net.mantissas() == null ? straight(k, core, compartment) : broadcast(k));
        }
        int chips = (cores.size() + chip.coresPerChip() - 1) / chip.coresPerChip();
        ChipImage image = new ChipImage(name, chip, chips, cores, List.of(new Region(ProgramCase.POPULATION, Region.Role.HIDDEN, core, compartment)),
            ports, 0, Arithmetic.LAVA);
        ChipImageValidator.validate(image);
        return image;
    }

    private LoihiCoreImage core(int from, int to) {
        int n = to - from;
        List<NeuronProfile> profiles = new ArrayList<>();
        byte[] profileOf = new byte[n];
        for (int i = from; i < to; i++) {
            NeuronProfile p = NeuronProfile.programmed(0, net.constants().get(i), net.biasExponent()[i], 1);
            if (!profiles.contains(p)) {
                profiles.add(p);
            }
            profileOf[i - from] = (byte) profiles.indexOf(p);
        }
        int lists = net.mantissas() == null ? 1 : net.mantissas().length;
        SynapseFormat format = new SynapseFormat(Compression.DENSE, net.mantissas() == null ? SignMode.EXCITATORY : SignMode.MIXED, 8,
            net.exponent(), 0, SynapseFormat.indexBitsFor(n - 1), false);
        SynapseListWriter writer = new SynapseListWriter(chip.get(ChipParameter.SYNAPSES_PER_ENTRY));
        long[] words = new long[0];
        int length = 0;
        for (int s = 0; s < lists; s++) {
            int[] row = net.mantissas() == null ? new int[] {1} : Arrays.copyOfRange(net.mantissas()[s], from, to);
            writer.clear();
            writer.dense(1, format, 0, row, 0, row.length, 0);
            long[] list = writer.toWords();
            length = list.length;
            words = Arrays.copyOf(words, words.length + length);
            System.arraycopy(list, 0, words, words.length - length, length);
        }
        // Straight: an axon per accumulator and compartment, all with the one list. Dense: an axon per source.
        int axons = net.mantissas() == null ? n * net.inputs().size() : lists;
        int[] pointer = new int[axons];
        int[] base = new int[axons];
        int[] input = new int[axons];
        for (int a = 0; a < axons; a++) {
            pointer[a] = net.mantissas() == null ? 0 : a * length;
            base[a] = net.mantissas() == null ? a % n : 0;
            input[a] = net.mantissas() == null ? a / n : 0;
        }
        return new LoihiCoreImage(cores.size(), profiles, profileOf, Arrays.copyOfRange(net.bias(), from, to), new int[n], List.of(format), words,
            pointer, filled(axons, length), filled(axons, 1), base, NONE, NONE, new int[1], NONE, NONE, NONE, List.of(net.program()), NONE, input,
            NONE, 0);
    }

    private SpikePort straight(int input, int[] core, int[] compartment) {
        int n = core.length;
        int[] first = new int[n + 1];
        int[] axon = new int[n];
        for (int i = 0; i < n; i++) {
            first[i + 1] = i + 1;
            axon[i] = input * cores.get(core[i]).compartments() + compartment[i];
        }
        return new SpikePort("input " + input, first, core, axon, new int[n]);
    }

    private SpikePort broadcast(int input) {
        int sources = net.mantissas().length;
        int[] first = new int[sources + 1];
        int[] core = new int[sources * cores.size()];
        int[] axon = new int[core.length];
        for (int s = 0; s < sources; s++) {
            first[s + 1] = (s + 1) * cores.size();
            for (int c = 0; c < cores.size(); c++) {
                core[s * cores.size() + c] = c;
                axon[s * cores.size() + c] = s;
            }
        }
        return new SpikePort("input " + input, first, core, axon, new int[core.length]);
    }

    private static int[] filled(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
