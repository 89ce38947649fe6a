package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.diagnose.Diagnosis;
import org.axongrid.mapper.diagnose.Hint;
import org.axongrid.mapper.diagnose.ImageTrace;
import org.axongrid.mapper.diagnose.LayerFidelity;
import org.axongrid.mapper.diagnose.Stage;
import org.axongrid.mapper.diagnose.StageRunner;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages of a diagnosis against the simulators run by hand, on random networks. Seeds are the parameters. */
class DiagnosisTest {
    private static final int STEPS = 5;
    private static final int IMAGES = 6;

    /** A network and what runs it. */
    private record Case(Network network, SpikingNetwork spiking, QuantisedNetwork quantised) {
        static Case of(long seed, String method) {
            Network network = RandomNetworks.of(seed);
            Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length), 8, 8, seed);
            SpikingNetwork spiking = Methods.named(method).convert(network, STEPS, calibration);
            return new Case(network, spiking, Quantiser.quantise(spiking, Quantiser.Options.forChip(ChipSpecs.preset("loihi2"), 8, Scales.GROUPED)));
        }

        StageRunner runner() {
            return new StageRunner(network, spiking, quantised, STEPS, 4095);
        }

        double[] image(int i) {
            return RandomNetworks.image(network, 100 + i);
        }

        Diagnosis diagnose(int runners) {
            List<StageRunner> all = new ArrayList<>();
            for (int r = 0; r < runners; r++) {
                all.add(runner());
            }
            List<ImageTrace> traces = new ArrayList<>();
            int[] labels = new int[IMAGES];
            for (int i = 0; i < IMAGES; i++) {
                traces.add(all.get(i % runners).run(image(i)));
                labels[i] = i % network.readout().shape().size();
            }
            return Diagnosis.of(network, traces, labels, all);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stagesAreTheSimulators(long seed) {
        Case c = Case.of(seed, seed % 2 == 0 ? "srp:tau=3" : "gn:tau=3");
        AnnEvaluator ann = new AnnEvaluator(c.network());
        FloatSnn floats = new FloatSnn(c.spiking());
        IntegerOracle integers = new IntegerOracle(c.quantised());
        InputEncoder encoder = new InputEncoder(c.quantised(), c.spiking().kernels(), 4095);
        StageRunner runner = c.runner();
        for (int i = 0; i < IMAGES; i++) {
            ImageTrace trace = runner.run(c.image(i));
            assertEquals(ann.predict(c.image(i)), trace.prediction(Stage.TRAINED), "seed " + seed);
            floats.reset(c.image(i));
            floats.run(STEPS, null);
            assertEquals(floats.prediction(), trace.prediction(Stage.FLOAT), "seed " + seed);
            integers.reset(encoder.encode(c.image(i)));
            integers.run(STEPS, null);
            assertEquals(integers.prediction(), trace.prediction(Stage.INTEGER), "seed " + seed);
            assertEquals(integers.readoutSum()[0], trace.readout()[0]);
        }
    }

    /** What a layer receives is summed here step by step; the diagnosis has it from the potential that is left. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void unevennessIsThatOfTheSummedInput(long seed) {
        Case c = Case.of(seed, seed % 3 == 0 ? "gn:tau=2" : "qcfs");
        int n = c.network().populations().size();
        long[] uneven = new long[n];
        long[] unsure = new long[n];
        for (int i = 0; i < IMAGES; i++) {
            FloatSnn floats = new FloatSnn(c.spiking());
            floats.reset(c.image(i));
            double[][] sums = new double[n][];
            long[][] counts = new long[n][];
            for (int t = 0; t < STEPS; t++) {
                floats.step();
                for (int p = 1; p < n - 1; p++) {
                    int size = c.network().populations().get(p).shape().size();
                    sums[p] = sums[p] == null ? new double[size] : sums[p];
                    counts[p] = counts[p] == null ? new long[size] : counts[p];
                    int channels = c.network().populations().get(p).shape().channels();
                    for (int k = 0; k < size; k++) {
                        sums[p][k] += floats.currents(p)[k / channels][k % channels];
                    }
                    for (int k = 0; k < floats.spikeCount(p); k++) {
                        counts[p][floats.spikes(p)[k]] += floats.sent(p).payloads()[k];
                    }
                }
            }
            for (int p = 1; p < n - 1; p++) {
                double[] theta = c.spiking().theta()[p];
                for (int k = 0; k < sums[p].length; k++) {
                    double level = (sums[p][k] + c.spiking().initialV()[p][k % theta.length]) / theta[k % theta.length];
                    boolean close = Math.abs(level - Math.rint(level)) < 1e-9;
                    long even = (long) Math.max(0, Math.min(Math.floor(level), (double) STEPS * c.spiking().rules().get(p).maxPayload()));
                    unsure[p] += close ? 1 : 0;
                    uneven[p] += !close && even != counts[p][k] ? 1 : 0;
                }
            }
        }
        Diagnosis d = c.diagnose(1);
        for (int p = 1; p < n - 1; p++) {
            LayerFidelity layer = d.layers().get(p - 1);
            double all = (double) IMAGES * layer.neurons();
            assertTrue(layer.uneven() * all >= uneven[p] - 0.5 && layer.uneven() * all <= uneven[p] + unsure[p] + 0.5,
                "seed " + seed + ", " + layer.name() + ": " + layer.uneven() * all + ", not " + uneven[p]);
        }
    }

    /** What a constant input drives has no unevenness (project reference on conversion, section 2.1). */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void firstLayerIsEven(long seed) {
        LayerFidelity first = Case.of(seed, "qcfs").diagnose(1).layers().get(0);
        assertEquals(0, first.uneven(), "seed " + seed);
        assertEquals(0, first.added(Stage.FLOAT), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void threadsChangeNothing(long seed) {
        Case c = Case.of(seed, "snm");
        assertEquals(c.diagnose(1), c.diagnose(3), "seed " + seed);
    }

    @Test
    void clippingIsSeen() {
        Case low = Case.of(5, "norm:percentile=30");
        Case high = Case.of(5, "norm:percentile=100");
        LayerFidelity layer = low.diagnose(1).layers().get(0);
        assertTrue(layer.clipped() > 0.1, "" + layer);
        assertEquals(0, high.diagnose(1).layers().get(0).clipped(), 0.1);
        assertTrue(layer.saturated() > high.diagnose(1).layers().get(0).saturated());
        Diagnosis d = low.diagnose(1);
        String hint = Hint.of(d, Stage.LEVELS, STEPS, low.spiking().rules().get(1), LayerExplanation.of(low.spiking(), low.quantised(), STEPS));
        assertTrue(hint.contains("above what a neuron can send"), hint);
    }

    /** The threshold shift is in the biases of the spiking network; the trained one has none of it. */
    @Test
    void theTrainedNetworkIsTheTrainedOne() {
        Case plain = Case.of(3, "qcfs");
        Case shifted = Case.of(3, "rts");
        assertEquals(plain.diagnose(1).layers().get(0).trainedMean(), shifted.diagnose(1).layers().get(0).trainedMean());
    }

    @Test
    void lossNeedsMoreThanChance() {
        List<Integer> right = List.of(900, 895, 700, 700);
        Diagnosis d = new Diagnosis(1000, right, List.of(0, 40, 220, 30), List.of(0, 35, 20, 30), List.of(), 0, 0);
        assertEquals(Stage.FLOAT, d.firstLoss());
        assertFalse(d.loses(Stage.LEVELS));
        assertFalse(d.loses(Stage.INTEGER));
    }
}
