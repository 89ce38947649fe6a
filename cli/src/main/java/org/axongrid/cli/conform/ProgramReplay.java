package org.axongrid.cli.conform;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;

/** Replays a case of graded, programmed neurons on the chip loihi2: on cores as full as they can be and cut small, on one worker and two. */
final class ProgramReplay {
    private static final Timing TIMELESS = new Timing(StepCosts.NONE, 0);
    private static final int[] PER_CORE = {128, 7};
    private static final int STEPS_MAX = 100_000;
    private static final int PAYLOAD_MAX = (1 << 23) - 1;

    private final VectorCase c;
    private final ProgramCase net;
    private final ChipImage image;
    private final int steps;
    private String difference;

    private ProgramReplay(VectorCase c, ProgramCase net, ChipImage image) {
        this.c = c;
        this.net = net;
        this.image = image;
        this.steps = c.integer("T", 1, STEPS_MAX);
    }

    /**
     * @param c a case of one of {@link ProgramCase#KINDS}
     * @throws CaseFailure for the first difference
     */
    static void run(VectorCase c) {
        ProgramCase net = ProgramCase.of(c);
        requireKnownRecords(c, net);
        for (int perCore : PER_CORE) {
            ChipImage image = ProgramMapper.map(net, c.id(), ChipSpecs.preset("loihi2"), perCore);
            for (int workers = 1; workers <= 2; workers++) {
                new ProgramReplay(c, net, image).run(workers);
            }
        }
    }

    private void run(int workers) {
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, workers)) {
            simulation.drive(step -> give(simulation, step));
            simulation.listen(this::compare);
            simulation.runSteps(steps);
        }
        if (difference != null) {
            throw new CaseFailure(difference);
        }
    }

    private void give(Simulation simulation, int step) {
        for (int k = 0; k < net.inputs().size(); k++) {
            int[] values = c.timed("gin", net.inputs().get(k)).get(step);
            for (int i = 0; values != null && i < values.length; i++) {
                if (values[i] != 0) {
                    simulation.inject(k, i, values[i]);
                }
            }
        }
    }

    private void compare(int step, Neurocore[] cores) {
        if (difference != null) {
            return;
        }
        for (Map.Entry<String, String> word : net.words().entrySet()) {
            int index = net.program().stateIndex(word.getValue());
            compare(step, word.getKey(), i -> state(cores, index, i));
        }
        Map<Long, Integer> sent = new HashMap<>();
        for (int core = 0; core < cores.length; core++) {
            for (int s = 0; s < cores[core].spikeCount(); s++) {
                sent.put((long) core << 32 | cores[core].spikes()[s], cores[core].payload(s));
            }
        }
        Region region = image.regions().get(0);
        compare(step, "g", i -> sent.getOrDefault((long) region.core()[i] << 32 | region.compartment()[i], 0));
    }

    private int state(Neurocore[] cores, int word, int neuron) {
        Region region = image.regions().get(0);
        return cores[region.core()[neuron]].state(word, region.compartment()[neuron]);
    }

    private void compare(int step, String tag, IntUnaryOperator got) {
        int[] expected = c.timed(tag, ProgramCase.POPULATION).get(step);
        for (int i = 0; expected != null && difference == null && i < expected.length; i++) {
            int value = got.applyAsInt(i);
            if (value != expected[i]) {
                difference = "step " + step + ", neuron " + i + " of " + ProgramCase.POPULATION + ": " + tag + " is " + value + ", expected "
                    + expected[i];
            }
        }
    }

    /** A record that nothing is made of or compared with would be skipped in silence. */
    private static void requireKnownRecords(VectorCase c, ProgramCase net) {
        int compared = 0;
        int steps = c.integer("T", 1, STEPS_MAX);
        Set<String> tags = new TreeSet<>(net.words().keySet());
        tags.add("g");
        int sources = net.mantissas() == null ? net.size() : net.mantissas().length;
        for (String key : c.timedKeys()) {
            String tag = key.substring(0, key.indexOf(','));
            String population = key.substring(key.indexOf(',') + 1);
            boolean input = tag.equals("gin") && net.inputs().contains(population);
            if (!input && !(tags.contains(tag) && population.equals(ProgramCase.POPULATION))) {
                throw c.error("records '" + tag + "' of '" + VectorLines.shortened(population) + "' are not part of a case of kind " + c.kind());
            }
            for (Map.Entry<Integer, int[]> record : c.timed(tag, population).entrySet()) {
                int expected = input ? sources : net.size();
                if (record.getKey() > steps || record.getValue().length != expected) {
                    throw c.error("record '" + tag + "' of step " + record.getKey() + " of " + steps + " has " + record.getValue().length
                        + " values, expected " + expected);
                }
                for (int value : input ? record.getValue() : new int[0]) {
                    if (value < -PAYLOAD_MAX || value > PAYLOAD_MAX) {
                        throw c.error("payload " + value + " in step " + record.getKey() + " is outside +-" + PAYLOAD_MAX);
                    }
                }
                compared += input ? 0 : 1;
            }
        }
        if (compared == 0) {
            throw c.error("nothing to compare");
        }
    }
}
