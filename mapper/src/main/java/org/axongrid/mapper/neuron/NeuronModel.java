package org.axongrid.mapper.neuron;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * What the neurons of a converted network run on a chip: its native arithmetic where it has it and that is enough, or programs that follow from
 * each population's rule and the schedule ({@link RulePrograms}).
 */
public final class NeuronModel {
    private final QuantisedNetwork net;
    private final ChipSpec chip;
    /** By population: what its neurons run; null if they are native. */
    private final RuleProgram[] programs;
    private final int[][] kinds;
    private final StartSteps starts;

    private NeuronModel(QuantisedNetwork net, ChipSpec chip, RuleProgram[] programs) {
        this.net = net;
        this.chip = chip;
        this.programs = programs;
        this.kinds = new int[programs.length][];
        this.starts = StartSteps.of(net, chip);
    }

    /**
     * @param net  a converted network
     * @param chip the chip
     * @return what the network's method needs
     * @throws InvalidInputException if the chip's neurons cannot do it, naming the layer
     */
    public static NeuronModel of(QuantisedNetwork net, ChipSpec chip) {
        return of(net, chip, null);
    }

    /**
     * @param net     a converted network
     * @param chip    the chip
     * @param instead a program that all spiking neurons run instead of what the method needs, or null
     * @return what neurons run
     * @throws InvalidInputException if the chip runs no programs or the program needs constants that nothing gives
     */
    public static NeuronModel of(QuantisedNetwork net, ChipSpec chip, NeuronProgram instead) {
        boolean plain = net.schedule().phases().size() == 1
            && net.rules().stream().allMatch(r -> r.equals(NeuronRule.NONE) || r.equals(NeuronRule.SOFT) || r.kind() == NeuronRule.Kind.CUBA);
        RuleProgram[] programs = new RuleProgram[net.network().populations().size()];
        if (plain && instead == null && chip.get(ChipParameter.NATIVE_NEURONS) == 1) {
            return new NeuronModel(net, chip, programs);
        }
        if (chip.get(ChipParameter.MICROCODE_INSTRUCTIONS) == 0) {
            throw new InvalidInputException((instead == null ? "the neurons of method " + net.method() : "neuron program " + instead.name())
                + " need" + (instead == null ? "" : "s") + " microcode, and chip " + chip.name() + " runs no neuron programs ("
                + ChipParameter.MICROCODE_INSTRUCTIONS.key() + " is 0); chip loihi2 does");
        }
        RulePrograms rules = new RulePrograms(net, chip);
        for (int p = 1; p < programs.length; p++) {
            programs[p] = net.isReadout(p) ? rules.readout() : instead != null ? rules.users(p, instead) : rules.of(p);
        }
        return new NeuronModel(net, chip, programs);
    }

    /** @return when its populations start */
    public StartSteps starts() {
        return starts;
    }

    /** @return the program of a population, null if its neurons are native */
    public NeuronProgram program(int population) {
        return programs[population] == null ? null : programs[population].program();
    }

    /** @return dendritic accumulators of a neuron */
    public int inputs(int population) {
        return programs[population] == null ? 1 : program(population).inputs().size();
    }

    /** @return bits of state that a neuron takes */
    public int stateBits(int population) {
        return programs[population] == null ? chip.get(ChipParameter.CURRENT_BITS) + chip.get(ChipParameter.MEMBRANE_BITS)
            : program(population).stateBits();
    }

    /** @return distinct thresholds, or sets of constants, that the channels {@code from .. to - 1} need */
    public int profiles(int population, int from, int to) {
        if (kinds[population] == null) {
            kinds[population] = kinds(population);
        }
        BitSet seen = new BitSet();
        for (int c = from; c < to; c++) {
            seen.set(kinds[population][c]);
        }
        return seen.cardinality();
    }

    /** @return by channel a number that channels with the same constants share */
    private int[] kinds(int population) {
        Map<Object, Integer> known = new HashMap<>();
        int[] threshold = net.threshold()[population];
        return IntStream.range(0, net.network().populations().get(population).shape().channels()).map(c -> {
            Object key = programs[population] != null ? programs[population].constants().apply(c)
                : threshold == null ? 0 : (Object) threshold[c % threshold.length];
            return known.computeIfAbsent(key, k -> known.size());
        }).toArray();
    }

    /**
     * @param population   a population
     * @param channel      one of its channels
     * @param number       number of its program in the core, not looked at if neurons are native
     * @param biasExponent exponent of the bias register
     * @param startStep    first step
     * @return the profile of the channel's neurons
     */
    public NeuronProfile profile(int population, int channel, int number, int biasExponent, int startStep) {
        RuleProgram own = programs[population];
        if (own != null) {
            Map<String, Integer> given = own.constants().apply(channel);
            return NeuronProfile.programmed(number, own.program().constantValues(given), biasExponent, startStep);
        }
        int limit = (1 << chip.get(ChipParameter.MEMBRANE_BITS) - 1) - 1;
        if (net.isReadout(population)) {
            return new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, -limit - 1, limit, biasExponent, startStep);
        }
        int[] threshold = net.threshold()[population];
        NeuronRule rule = net.rules().get(population);
        if (rule.kind() == NeuronRule.Kind.CUBA) {
            return new NeuronProfile(rule.dynamics().currentDecay(), rule.dynamics().voltageDecay(), threshold[channel % threshold.length],
                rule.hardReset() ? NeuronProfile.Reset.HARD : NeuronProfile.Reset.SOFT, rule.dynamics().refractory(), -limit, limit, biasExponent,
                startStep);
        }
        // The lower end keeps the register step that initial() adds.
        return new NeuronProfile(4096, 0, threshold[channel % threshold.length], NeuronProfile.Reset.SOFT, 1, -limit, limit, biasExponent,
            startStep);
    }

    /**
     * Native registers compare strictly and the methods fire at {@code p >= theta}: they start one register step higher, which is a fraction of a
     * weight step, and that turns one into the other exactly.
     *
     * @param population a population
     * @param word       state word
     * @param neuron     position x channels + channel
     * @return what the register starts from
     */
    public int initial(int population, int word, int neuron) {
        RuleProgram own = programs[population];
        if (own != null) {
            return own.initial(word, neuron);
        }
        int higher = net.rules().get(population).kind() == NeuronRule.Kind.CUBA ? 0 : 1;
        return net.isReadout(population) ? 0 : (initialV(net, population, neuron) << chip.get(ChipParameter.WEIGHT_SHIFT)) + higher;
    }

    /** @return a neuron's v(0) in weight units */
    static int initialV(QuantisedNetwork net, int population, int neuron) {
        int[] values = net.initialV()[population];
        return values[neuron % values.length];
    }
}
