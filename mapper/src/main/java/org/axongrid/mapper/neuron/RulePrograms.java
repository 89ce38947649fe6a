package org.axongrid.mapper.neuron;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.CosShift;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Chooses library programs for the rules and schedules of conversion methods, and their constants and initial states. Potentials are as wide as the
 * network's registers say.
 */
final class RulePrograms {
    /** What the binary search of the graded programs reaches. */
    private static final int PAYLOAD_MAX = 15;

    private final QuantisedNetwork net;
    private final int shift;
    private final int bits;
    private final boolean replays;

    RulePrograms(QuantisedNetwork net, ChipSpec chip) {
        this.net = net;
        this.shift = chip.get(ChipParameter.WEIGHT_SHIFT);
        this.bits = Math.min(32, net.registers().membraneBits() + shift);
        this.replays = StartSteps.of(net, chip).replays();
    }

    /** @return the program of a readout: it keeps nothing, so that the host reads each step's input */
    RuleProgram readout() {
        return new RuleProgram(wide("integrator", "v"), c -> Map.of("keep", 0), Map.of());
    }

    /** @return a user's program; it gets the constants {@code threshold} and {@code initial} if it has them */
    RuleProgram users(int p, NeuronProgram program) {
        program.constantValues(given(program, p, 0));
        int own = program.state().get(0).initial();
        return new RuleProgram(program, c -> given(program, p, c), own != 0 ? Map.of() : Map.of(program.state().get(0).name(), start(p)));
    }

    private Map<String, Integer> given(NeuronProgram program, int p, int channel) {
        Map<String, Integer> given = new HashMap<>();
        if (program.hasConstant("threshold")) {
            given.put("threshold", threshold(p, channel));
        }
        if (program.hasConstant("initial")) {
            given.put("initial", start(p).applyAsInt(channel));
        }
        return given;
    }

    /** @return what a spiking population's rule and the schedule need */
    RuleProgram of(int p) {
        NeuronRule rule = net.rules().get(p);
        if (rule.kind() == NeuronRule.Kind.MAX_POOL) {
            return maxPool(p);
        }
        List<Phase> phases = net.schedule().phases();
        Phase.End end = phases.get(0).end();
        if (phases.size() > 2 || phases.size() == 2 && (phases.get(1).start() != Phase.Start.SET || end == Phase.End.NONE)) {
            throw refused(p, "a schedule of " + phases.size() + " phases");
        }
        if (phases.size() == 2) {
            if (!rule.equals(NeuronRule.SOFT)) {
                throw refused(p, "a schedule of two phases for neurons other than integrate-and-fire with soft reset");
            }
            return end == Phase.End.MASK ? masked(p, phases.get(0).steps()) : offset(p, phases.get(0).steps());
        }
        if (rule.kind() == NeuronRule.Kind.CUBA) {
            throw refused(p, "leaky neurons or a strict threshold, which are native on loihi");
        }
        if (rule.kind() == NeuronRule.Kind.SIGNED) {
            return signed(p);
        }
        if (rule.hardReset()) {
            return simple(p, "if-hard", Map.of());
        }
        if (rule.maxPayload() > PAYLOAD_MAX) {
            throw refused(p, "payloads of up to " + rule.maxPayload() + ", the programs send " + PAYLOAD_MAX + " at most");
        }
        return rule.maxPayload() == 1 ? simple(p, "if-soft", Map.of()) : simple(p, "group-neuron", Map.of("tau", rule.maxPayload()));
    }

    private RuleProgram simple(int p, String name, Map<String, Integer> more) {
        perChannel(p);
        return new RuleProgram(wide(name, "v"), c -> with(more, "threshold", threshold(p, c)), Map.of("v", start(p)));
    }

    /** SRP: the schedule's first phase decides who may spike in the second. */
    private RuleProgram masked(int p, int tau) {
        perChannel(p);
        if (!isPerChannel(p, net.initialV()[p])) {
            throw refused(p, "a v(0) of its own for each neuron");
        }
        return new RuleProgram(wide("masked-two-phase", "v"), c -> Map.of("threshold", threshold(p, c), "start", start(p).applyAsInt(c), "tau",
            tau), Map.of("v", start(p)));
    }

    /** COS: neurons correct themselves, in lockstep or on a replay; the host does it layer after layer where delays are too short for that. */
    private RuleProgram offset(int p, int rho) {
        perChannel(p);
        int channels = net.network().populations().get(p).shape().channels();
        Map<String, IntUnaryOperator> initial = Map.of("v", start(p), "start", start(p), "high",
            n -> CosShift.SENTINEL * threshold(p, n % channels));
        if (replays) {
            return new RuleProgram(wide("offset-replay", "v").withWidth("start", bits), c -> Map.of("threshold", threshold(p, c), "rho", rho), initial);
        }
        int own = net.schedule().order() == Schedule.Order.LOCKSTEP ? 1 : 0;
        return new RuleProgram(wide("offset-if", "v").withWidth("start", bits), c -> Map.of("threshold", threshold(p, c), "rho", rho, "own", own),
            initial);
    }

    private RuleProgram signed(int p) {
        int[] payload = net.payload()[p];
        if (isPerChannel(p, net.threshold()[p]) && payload == null) {
            return new RuleProgram(wide("signed-if", "v"), c -> Map.of("threshold", threshold(p, c)), Map.of("v", start(p)));
        }
        int[] theta = net.threshold()[p];
        return new RuleProgram(wide("signed-each", "v").withWidth("threshold", bits), c -> Map.of(), Map.of("v", start(p),
            "threshold", n -> theta[n % theta.length] << shift, "value", n -> payload == null ? 1 : payload[n % payload.length]));
    }

    /** A member of a window is an accumulator of the pool's compartment. */
    private RuleProgram maxPool(int p) {
        Projection windows = net.network().projections().get(net.network().into(p)[0]);
        int members = windows.kernelH() * windows.kernelW();
        if (members > NeuronProgram.INPUTS_MAX || windows.strideH() < windows.kernelH() || windows.strideW() < windows.kernelW()) {
            throw refused(p, "max pooling over windows of " + windows.kernelH() + " x " + windows.kernelW() + " with stride " + windows.strideH()
                + " x " + windows.strideW() + ", up to " + NeuronProgram.INPUTS_MAX + " members that do not overlap are possible");
        }
        if (net.rules().get(windows.source()).kind() == NeuronRule.Kind.SIGNED) {
            throw refused(p, "max pooling over signed spikes");
        }
        return new RuleProgram(NeuronPrograms.library("max-pool"), c -> Map.of(), Map.of());
    }

    private NeuronProgram wide(String name, String word) {
        return NeuronPrograms.library(name).withWidth(word, bits);
    }

    private int threshold(int p, int channel) {
        int[] theta = net.threshold()[p];
        return theta[channel % theta.length] << shift;
    }

    private IntUnaryOperator start(int p) {
        return n -> NeuronModel.initialV(net, p, n) << shift;
    }

    private void perChannel(int p) {
        if (!isPerChannel(p, net.threshold()[p]) || net.payload()[p] != null) {
            throw refused(p, "a threshold or spike value of its own for each neuron");
        }
    }

    /** Values repeat; they are one a channel if a channel meets the same one at every position. */
    private boolean isPerChannel(int p, int[] values) {
        return net.network().populations().get(p).shape().channels() % values.length == 0;
    }

    private static Map<String, Integer> with(Map<String, Integer> more, String name, int value) {
        Map<String, Integer> all = new HashMap<>(more);
        all.put(name, value);
        return all;
    }

    private InvalidInputException refused(int p, String what) {
        return new InvalidInputException("layer " + net.network().populations().get(p).name() + ": method " + net.method() + " has " + what
            + "; there is no neuron program for it");
    }
}
