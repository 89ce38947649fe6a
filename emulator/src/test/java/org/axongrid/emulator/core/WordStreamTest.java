package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordStreamTest {
    @Test
    void equalsXorshiftWordByWordWhereverItStarts() {
        int[] seeds = {1, -1, 0x9E3779B9, 123_456_789};
        for (int seed : seeds) {
            WordStream stream = new WordStream();
            int x = seed;
            stream.begin(x);
            assertEquals(x, stream.last());
            for (int i = 0; i < 2000; i++) {
                x ^= x << 13;
                x ^= x >>> 17;
                x ^= x << 5;
                assertEquals(x, stream.next(), "word " + i + " from " + seed);
                assertEquals(x, stream.last());
                if (i % 77 == 0) {
                    // A tick of another core in between.
                    stream.begin(i + 1);
                    stream.next();
                    stream.begin(x);
                }
            }
        }
    }

    @Test
    void wordsTakenTogetherAreTheNext() {
        WordStream together = new WordStream();
        WordStream single = new WordStream();
        together.begin(77);
        single.begin(77);
        for (int count : new int[] {0, 1, 5, 128, 127, 300, 3}) {
            int[] words = new int[count];
            together.take(words, count);
            for (int word : words) {
                assertEquals(single.next(), word, "of " + count);
            }
            assertEquals(single.last(), together.last());
        }
    }
}
