package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random words drawn side by side, held to the plainest formulation: one word after the other. */
class ChanceLoopsTest {
    private final Random random = new Random(7);

    private static int next(int word) {
        long x = word & 0xffffffffL;
        x ^= x << 13 & 0xffffffffL;
        x ^= x >> 17;
        x ^= x << 5 & 0xffffffffL;
        return (int) x;
    }

    private int[] ints(int n, int bound) {
        return random.ints(n, -bound, bound).toArray();
    }

    private int[] masks(int n) {
        return random.ints(n, 0, 2).map(i -> -i).toArray();
    }

    @Test
    void aJumpIsSoManySteps() {
        int word = 0x9E3779B9;
        int x = word;
        for (int n = 0; n <= 10_000; n++) {
            if (n < 600 || n % 37 == 0) {
                assertEquals(x, WordJump.jump(word, n), n + " steps");
            }
            x = next(x);
        }
        // 2^30 steps as 2^15 times 2^15 of them.
        x = word;
        for (int i = 0; i < 1 << 15; i++) {
            x = WordJump.jump(x, 1 << 15);
        }
        assertEquals(x, WordJump.jump(word, 1 << 30));
    }

    @Test
    void eachNeuronBeginsWhereTheOneBeforeEnds() {
        for (int n : new int[] {1, 2, 3, 4, 7, 64, 255, 433}) {
            int[] counts = random.ints(n, 0, random.nextBoolean() ? 3 : 600).toArray();
            int[] starts = new int[n];
            int x = 1 + n;
            WordJump.starts(x, counts, starts, n);
            for (int j = 0; j < n; j++) {
                assertEquals(x, starts[j], "neuron " + j + " of " + n);
                for (int k = 0; k < counts[j]; k++) {
                    x = next(x);
                }
            }
        }
    }

    @Test
    void synapsesAreThoseOfTheFormula() {
        for (int n : new int[] {1, 5, 63, 256, 301}) {
            for (int axon = 0; axon < 32; axon++) {
                int[] column = ints(n, Integer.MAX_VALUE);
                int[] magnitude = random.ints(n, 0, 256).toArray();
                int[] sign = random.ints(n, -1, 2).toArray();
                int[] word = ints(n, Integer.MAX_VALUE);
                int[] input = ints(n, 1000);
                int[] words = word.clone();
                int[] sums = input.clone();
                for (int j = 0; j < n; j++) {
                    if ((column[j] >>> axon & 1) == 1) {
                        words[j] = next(words[j]);
                        sums[j] += magnitude[j] >= Math.floorMod(words[j], 256) ? sign[j] : 0;
                    }
                }
                ChanceLoops.synapses(column, axon, magnitude, sign, word, input, n);
                assertArrayEquals(words, word);
                assertArrayEquals(sums, input);
            }
        }
    }

    @Test
    void leaksAndNoiseAreThoseOfTheFormula() {
        for (int n : new int[] {1, 17, 256, 300}) {
            int[] draws = masks(n);
            int[] noisy = masks(n);
            int[] leak = ints(n, 256);
            int[] mask = random.ints(n, 0, 18).map(b -> (1 << b) - 1).toArray();
            int[] word = ints(n, Integer.MAX_VALUE);
            int[] words = word.clone();
            int[] leaks = leak.clone();
            int[] noises = new int[n];
            for (int j = 0; j < n; j++) {
                if (draws[j] != 0) {
                    words[j] = next(words[j]);
                    leaks[j] = Math.abs(leak[j]) >= Math.floorMod(words[j], 256) ? Integer.signum(leak[j]) : 0;
                }
                if (noisy[j] != 0) {
                    words[j] = next(words[j]);
                }
                noises[j] = words[j] & mask[j];
            }
            int[] drawn = new int[n];
            int[] noise = new int[n];
            ChanceLoops.leaks(draws, leak, word, drawn, n);
            ChanceLoops.advance(draws, word, n);
            ChanceLoops.advance(noisy, word, n);
            ChanceLoops.noise(mask, word, noise, n);
            assertArrayEquals(leaks, drawn);
            assertArrayEquals(words, word);
            assertArrayEquals(noises, noise);
        }
    }
}
