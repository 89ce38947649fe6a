package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.schedule.CosShift;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;
import org.junit.jupiter.api.Test;

/** Rules and phases on a neuron whose current is set by hand, and what must not last from one image to the next. */
class ScheduleTest {
    private static final Schedule MASKED = new Schedule(Schedule.Order.LOCKSTEP, List.of(new Phase("a", 3, Phase.Start.SET, false, Phase.End.MASK),
        new Phase("b", Phase.OPEN, Phase.Start.SET, true, Phase.End.NONE)));
    private static final Schedule SERIAL = new Schedule(Schedule.Order.LAYER_SERIAL,
        List.of(new Phase("a", 4, Phase.Start.SET, false, Phase.End.CORRECT), Phase.run()));

    /** One input, one neuron with weight 1, one readout. */
    private static SpikingNetworkBuilder neuron(double theta) {
        Shape one = Shape.dense(1);
        Network network = new Network("one",
            List.of(new Population("input", one, Activation.input(), new double[0]),
                new Population("a", one, Activation.qcfs(theta, 4), new double[1]), new Population("out", one, Activation.linear(), new double[1])),
            List.of(Projection.dense(0, 1, one, one, Pool.NONE), Projection.dense(1, 2, one, one, Pool.NONE)),
            List.of(new double[] {1}, new double[] {1}));
        return new SpikingNetworkBuilder(network, "test").theta(1, theta);
    }

    private static List<Integer> sent(SpikingNetwork net, double current, int steps) {
        FloatSnn snn = new FloatSnn(net);
        List<Integer> sent = new ArrayList<>();
        snn.reset(new double[] {current});
        snn.run(steps, (phase, p, step) -> {
            if (p == 1) {
                sent.add(snn.spikeCount(1) == 0 ? 0 : snn.sent(1).payloads()[0]);
            }
        });
        return sent;
    }

    @Test
    void rules() {
        assertEquals(List.of(0, 1, 0, 1), sent(neuron(1).initialV(1, 0).build(), 0.5, 4), "a potential equal to the threshold fires");
        assertEquals(List.of(0, 1, 0, 1), sent(neuron(1).initialV(1, 0).rule(NeuronRule.HARD).build(), 0.75, 4), "the rest is lost");
        assertEquals(List.of(0, 1, 1, 1), sent(neuron(1).initialV(1, 0).rule(NeuronRule.SOFT).build(), 0.75, 4));
        assertEquals(List.of(2, 3, 2, 3), sent(neuron(1).initialV(1, 0).rule(NeuronRule.graded(3)).build(), 2.5, 4));
        assertEquals(List.of(3, 3, 3, 3), sent(neuron(1).rule(NeuronRule.graded(3)).build(), 9, 4));
        assertEquals(List.of(0, 0, 0, 0), sent(neuron(1).rule(NeuronRule.graded(3)).build(), -2.5, 4), "floor of a negative potential is not 0 or more");
        assertEquals(List.of(0, 0, 0), sent(neuron(1).rule(NeuronRule.SIGNED).build(), -5, 3), "nothing was sent that could be taken back");
        assertEquals(List.of(0, 0, 0), sent(neuron(1).theta(1, 0).rule(NeuronRule.SIGNED).build(), 5, 3), "dead");
    }

    /** The floor of a quotient that rounding would lift to the next whole number. */
    @Test
    void floorOfAQuotientIsExact() {
        double y = 0.1;
        for (int k = 1; k < 50; k++) {
            double x = k * y;
            double below = Math.nextDown(x);
            java.math.BigDecimal exact = new java.math.BigDecimal(below).divideToIntegralValue(new java.math.BigDecimal(y));
            assertEquals(exact.doubleValue(), FloatSnn.floorDiv(below, y), "just below " + k + " times");
        }
    }

    @Test
    void phasesKeepOrSet() {
        for (Phase.Start start : Phase.Start.values()) {
            Schedule two = new Schedule(Schedule.Order.LOCKSTEP, List.of(new Phase("a", 2, Phase.Start.SET, false, Phase.End.NONE),
                new Phase("b", Phase.OPEN, start, false, Phase.End.NONE)));
            List<Integer> sent = sent(neuron(1).initialV(1, 0).schedule(two).build(), 0.4, 3);
            assertEquals(start == Phase.Start.SET ? List.of(0, 0, 0, 0, 1) : List.of(0, 0, 1, 0, 1), sent);
        }
    }

    @Test
    void maskIsStrictAndGatesTheLastPhaseOnly() {
        // v(0) = 0 and a current of theta / 3 make v exactly 0 after three steps: ruled out.
        List<Integer> sent = sent(neuron(3).initialV(1, 0).schedule(MASKED).build(), 1, 3);
        assertEquals(List.of(0, 0, 1, 0, 0, 0), sent);
        assertEquals(List.of(0, 0, 1, 0, 0, 1), sent(neuron(3).initialV(1, 0.25).schedule(MASKED).build(), 1, 3));
    }

    @Test
    void readoutSumsUpTheLastPhaseOnly() {
        FloatSnn snn = new FloatSnn(neuron(1).schedule(MASKED).build());
        snn.reset(new double[] {1});
        snn.run(2, null);
        assertArrayEquals(new double[] {2}, snn.readoutSum());
        assertEquals(2, snn.steps());
    }

    @Test
    void correctionMovesOneSpike() {
        assertEquals(0, CosShift.of(0, 8, true, 0, 7));
        assertEquals(0, CosShift.of(-1, 8, false, 0, 7), "a neuron that sent nothing sent nothing too much");
        assertEquals(-8, CosShift.of(-1, 8, true, 3, 7));
        assertEquals(-13, CosShift.of(-1, 8, true, 12, 7));
        assertEquals(8, CosShift.of(8, 8, true, 1, 2));
        assertEquals(14, CosShift.of(9, 8, true, 1, -5));
        assertEquals(8009, CosShift.of(9, 8, true, 1, CosShift.SENTINEL * 8L));
    }

    @Test
    void schedulesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Schedule(Schedule.Order.LOCKSTEP, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Schedule(Schedule.Order.LOCKSTEP, List.of(Phase.run(), Phase.run())));
        assertThrows(IllegalArgumentException.class, () -> NeuronRule.graded(0));
        assertEquals(4, SERIAL.stepsMin());
        assertEquals(1, MASKED.stepsMin());
    }

    /** A second run of an image after another one is the first run again: nothing lasts. */
    @Test
    void nothingLastsFromImageToImage() {
        for (Schedule schedule : List.of(Schedule.PLAIN, MASKED, SERIAL)) {
            for (NeuronRule rule : List.of(NeuronRule.SOFT, NeuronRule.SIGNED, NeuronRule.graded(3))) {
                if (schedule == SERIAL && rule != NeuronRule.SOFT) {
                    continue;
                }
                Random random = new Random(7);
                Network network = RandomNetworks.network(random);
                SpikingNetworkBuilder builder = new SpikingNetworkBuilder(network, "test").rule(rule).schedule(schedule);
                for (int p = 1; p < network.populations().size() - 1; p++) {
                    builder.theta(p, network.populations().get(p).activation().lambda());
                }
                FloatSnn snn = new FloatSnn(builder.build());
                double[] image = RandomNetworks.image(random, network);
                double[] first = result(snn, image);
                assertFalse(Arrays.equals(first, result(snn, RandomNetworks.image(random, network))));
                assertArrayEquals(first, result(snn, image), schedule + " " + rule);
            }
        }
    }

    private static double[] result(FloatSnn snn, double[] image) {
        snn.reset(image);
        snn.run(6, null);
        double[] out = Arrays.copyOf(snn.readoutSum(), snn.readoutSum().length + 2);
        out[out.length - 2] = snn.spikesTotal();
        out[out.length - 1] = snn.synapticOperations();
        assertTrue(snn.spikesTotal() > 0);
        return out;
    }

    /** A value for each neuron kept apart as a payload is the same as in the columns of the weights. */
    @Test
    void payloadsAreLikeColumnsOfWeights() {
        Random random = new Random(2);
        Shape in = Shape.dense(6);
        Shape map = new Shape(2, 3, 1);
        Shape flat = Shape.dense(6);
        double[] theta = random.doubles(6, 0.3, 1).toArray();
        double[] first = random.doubles(36, -1, 1).toArray();
        double[] second = random.doubles(24, -1, 1).toArray();
        double[] image = random.doubles(6).toArray();
        double[][] results = new double[2][];
        for (int k = 0; k < 2; k++) {
            // Six neurons as six channels, and as two channels at three positions: the same order, channels last.
            Shape hidden = k == 0 ? flat : map;
            Projection to = k == 0 ? Projection.dense(0, 1, in, flat, Pool.NONE)
                : new Projection(0, 1, new Shape(6, 1, 1), new Shape(2, 3, 1), Pool.NONE, 3, 1, 1, 1, 2, 0, 1, 1, 1);
            Network network = new Network("n", List.of(new Population("input", in, Activation.input(), new double[0]),
                new Population("a", hidden, Activation.qcfs(1, 4), new double[hidden.channels()]),
                new Population("out", Shape.dense(4), Activation.linear(), new double[4])),
                List.of(to, Projection.dense(1, 2, hidden, Shape.dense(4), Pool.NONE)), List.of(k == 0 ? first : rowsFlipped(first), second));
            SpikingNetwork snn = new SpikingNetworkBuilder(network, "test").theta(1, theta).build();
            assertEquals(k == 1, snn.payload()[1] != null);
            results[k] = result(new FloatSnn(snn), image);
        }
        assertArrayEquals(results[0], results[1], 1e-12);
    }

    /** The dense kernel [input][position, channel] as a convolution over one position padded above: tap 2 - position, [tap][input][channel]. */
    private static double[] rowsFlipped(double[] dense) {
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int y = 0; y < 3; y++) {
                for (int c = 0; c < 2; c++) {
                    out[((2 - y) * 6 + i) * 2 + c] = dense[i * 6 + y * 2 + c];
                }
            }
        }
        return out;
    }
}
