package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class SharedArraysTest {
    @Test
    void keepsEachContentOnce() {
        SharedArrays shared = new SharedArrays();
        int[] first = {1, 2, 3};
        assertSame(first, shared.of(first));
        assertSame(first, shared.of(new int[] {1, 2, 3}));
        assertNotSame(first, shared.of(new int[] {1, 2, 4}));
        long[] words = {7, -1};
        assertSame(words, shared.of(words));
        assertSame(words, shared.of(words.clone()));
        assertNotSame(words, shared.of(new long[] {7}));
    }
}
