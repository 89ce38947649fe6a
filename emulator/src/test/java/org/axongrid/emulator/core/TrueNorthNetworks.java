package org.axongrid.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;
import org.axongrid.isa.fixed.Arithmetic;

/** Random recurrent networks of TrueNorth cores, with all modes of the neuron; a port with a line per axon drives them. */
final class TrueNorthNetworks {
    static final int AXONS_MAX = 330;

    private final Random random;
    private final boolean stochastic;
    private final boolean large;
    /** All neurons are in use and have threshold noise, and nothing else is stochastic. */
    private final boolean allNoisy;

    /** Whether there are few synapses and no leaks, so that nothing happens without input. */
    private final boolean quiet;

    private TrueNorthNetworks(long seed, boolean quiet) {
        random = new Random(seed);
        this.quiet = quiet;
        stochastic = random.nextInt(3) > 0 && !quiet;
        large = random.nextInt(6) == 0;
        allNoisy = seed % 7 == 3;
    }

    static ChipImage image(long seed) {
        return new TrueNorthNetworks(seed, false).image();
    }

    static ChipImage quiet(long seed) {
        return new TrueNorthNetworks(seed, true).image();
    }

    private ChipImage image() {
        int count = 1 + random.nextInt(5);
        int[] axons = new int[count];
        for (int c = 0; c < count; c++) {
            axons[c] = 1 + random.nextInt(c == 0 ? AXONS_MAX : 90);
        }
        TrueNorthRules rules = new TrueNorthRules(pick(TrueNorthRules.ZeroCrossing.values()),
            random.nextInt(4) == 0 ? TrueNorthRules.Overflow.NEMO : TrueNorthRules.Overflow.SATURATE, pick(TrueNorthRules.NegativeCompare.values()));
        List<TrueNorthCoreImage> cores = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            cores.add(core(c, axons, rules));
        }
        int lines = Arrays.stream(axons).sum();
        int[][] port = new int[4][lines];
        int[] first = new int[lines + 1];
        for (int c = 0, at = 0; c < count; c++) {
            for (int a = 0; a < axons[c]; a++) {
                port[0][at] = c;
                port[1][at] = a;
                first[++at] = at;
            }
        }
        ChipSpec chip = ChipSpecs.preset("truenorth").with(ChipParameter.INPUT_AXONS, AXONS_MAX);
        return new ChipImage("random", chip, 1, new ArrayList<>(cores), List.of(), List.of(new SpikePort("in", first, port[0], port[1], port[2])), 0,
            Arithmetic.NENGO_LOIHI);
    }

    private TrueNorthCoreImage core(int c, int[] axons, TrueNorthRules rules) {
        int neurons = 1 + random.nextInt(c == 0 ? 256 : 100);
        byte[] types = new byte[axons[c]];
        int kinds = 1 + random.nextInt(4);
        for (int a = 0; a < types.length; a++) {
            types[a] = (byte) random.nextInt(kinds);
        }
        double density = random.nextDouble() * (quiet ? 0.03 : 1);
        int words = TrueNorthCoreImage.rowWords(neurons);
        long[] crossbar = new long[axons[c] * words];
        for (int a = 0; a < axons[c]; a++) {
            for (int j = 0; j < neurons; j++) {
                if (random.nextDouble() < density) {
                    crossbar[a * words + j / 64] |= 1L << j % 64;
                }
            }
        }
        List<TrueNorthNeuron> parameters = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            parameters.add(neuron());
        }
        int[][] n = new int[4][neurons];
        for (int j = 0; j < neurons; j++) {
            n[0][j] = random.nextInt(10) == 0 && !allNoisy ? -1 : random.nextInt(parameters.size());
            int to = random.nextInt(8) == 0 ? -1 - random.nextInt(2) : random.nextInt(axons.length);
            n[1][j] = to < 0 ? to : 65 * to;
            n[2][j] = to < 0 ? random.nextInt(50) : random.nextInt(axons[to]);
            n[3][j] = to < 0 ? 0 : 1 + random.nextInt(15);
        }
        return new TrueNorthCoreImage(65 * c, 1 + random.nextInt(1 << 30), rules, types, crossbar, parameters, n[0], n[1], n[2], n[3]);
    }

    private TrueNorthNeuron neuron() {
        boolean noisy = stochastic && random.nextInt(3) > 0;
        int most = large ? 1 << 18 : 300;
        return new TrueNorthNeuron(weight(), weight(), weight(), weight(), noisy && !allNoisy ? random.nextInt(16) : 0, quiet ? 0 : weight(),
            noisy && !allNoisy && random.nextBoolean(),
            random.nextBoolean(), (quiet ? 100 : 0) + random.nextInt(most), random.nextInt(4) == 0 ? 0 : random.nextInt(most),
            allNoisy ? 1 + random.nextInt(8) : noisy && random.nextBoolean() ? random.nextInt(large ? 19 : 9) : 0, pick(TrueNorthNeuron.Reset.values()),
            random.nextBoolean(),
            random.nextInt(large ? 1 << 19 : 20) * (random.nextBoolean() ? 1 : -1),
            large ? random.nextInt(1 << 20) - (1 << 19) : random.nextInt(200) - 100);
    }

    private int weight() {
        return random.nextInt(4) == 0 ? random.nextInt(7) - 3 : random.nextInt(511) - 255;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
