package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;

/** Random valid images of TrueNorth cores. */
final class TrueNorthImages {
    private TrueNorthImages() { }

    static ChipImage image(long seed) {
        Random random = new Random(seed);
        ChipSpec chip = ChipSpecs.preset("truenorth").with(ChipParameter.INPUT_AXONS, 300);
        int count = 1 + random.nextInt(4);
        int[] axons = new int[count];
        for (int c = 0; c < count; c++) {
            axons[c] = 1 + random.nextInt(c == 0 ? 300 : 40);
        }
        List<CoreImage> cores = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int neurons = 1 + random.nextInt(c == 0 ? 256 : 70);
            byte[] types = new byte[axons[c]];
            for (int a = 0; a < types.length; a++) {
                types[a] = (byte) random.nextInt(4);
            }
            int words = TrueNorthCoreImage.rowWords(neurons);
            long[] crossbar = random.longs((long) axons[c] * words).toArray();
            for (int a = 0; a < axons[c]; a++) {
                if (neurons % 64 != 0) {
                    crossbar[a * words + words - 1] &= (1L << neurons % 64) - 1;
                }
            }
            List<TrueNorthNeuron> parameters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                parameters.add(neuron(random));
            }
            int[][] n = new int[4][neurons];
            for (int j = 0; j < neurons; j++) {
                n[0][j] = random.nextInt(4) - 1;
                int to = random.nextInt(count + 2) - 2;
                n[1][j] = to < 0 ? to : 7 * to;
                n[2][j] = to < 0 ? random.nextInt(1000) : random.nextInt(axons[to]);
                n[3][j] = to < 0 ? 0 : 1 + random.nextInt(15);
            }
            TrueNorthRules rules = new TrueNorthRules(TrueNorthRules.ZeroCrossing.values()[random.nextInt(2)],
                TrueNorthRules.Overflow.values()[random.nextInt(2)], TrueNorthRules.NegativeCompare.values()[random.nextInt(2)]);
            cores.add(new TrueNorthCoreImage(7 * c, 1 + random.nextInt(1000), rules, types, crossbar, parameters, n[0], n[1], n[2], n[3]));
        }
        return new ChipImage("north " + seed, chip, 1, cores, List.of(), 0);
    }

    static TrueNorthNeuron neuron(Random r) {
        return new TrueNorthNeuron(signed(r, 255), signed(r, 255), signed(r, 255), signed(r, 255), r.nextInt(16), signed(r, 255), r.nextBoolean(),
            r.nextBoolean(), r.nextInt(1 << 18), r.nextInt(1 << 18), r.nextInt(19), TrueNorthNeuron.Reset.values()[r.nextInt(3)], r.nextBoolean(),
            signed(r, (1 << 19) - 1), signed(r, (1 << 19) - 1));
    }

    private static int signed(Random random, int magnitude) {
        return random.nextInt(2 * magnitude + 1) - magnitude;
    }
}
