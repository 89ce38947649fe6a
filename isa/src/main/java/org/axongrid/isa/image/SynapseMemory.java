package org.axongrid.isa.image;

/**
 * The packed synapse lists of a core. A memory may be a view: it knows its size and writes its words when somebody asks, so that a kernel that many cores
 * hold parts of exists once.
 */
public interface SynapseMemory {
    /** @return 64-bit words in use */
    int size();

    /** @return the words; of a view a new array at each call, otherwise one that must not be changed */
    long[] words();

    /** @return whether the words are written anew at each call */
    default boolean isView() {
        return false;
    }

    /**
     * @param words all words in use
     * @return a memory that holds them
     */
    static SynapseMemory of(long[] words) {
        return new Stored(words);
    }

    /**
     * A memory that is there in full.
     *
     * @param words its words
     */
    record Stored(long[] words) implements SynapseMemory {
        @Override
        public int size() {
            return words.length;
        }
    }
}
