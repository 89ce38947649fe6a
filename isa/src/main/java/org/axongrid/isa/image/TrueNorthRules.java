package org.axongrid.isa.image;

import java.util.Locale;

/**
 * What sources on TrueNorth disagree about (project reference on TrueNorth, section 3, open points O1 to O3).
 *
 * @param zeroCrossing    O1: what a reversed leak does when it takes V through 0
 * @param overflow        O2: what V does at the edges of its register
 * @param negativeCompare O3: how V is compared with the negative threshold
 */
public record TrueNorthRules(ZeroCrossing zeroCrossing, Overflow overflow, NegativeCompare negativeCompare) {
    /** The published equations. */
    public static final TrueNorthRules PUBLISHED = new TrueNorthRules(ZeroCrossing.PLAIN, Overflow.SATURATE, NegativeCompare.BELOW);

    /** Open point O1. */
    public enum ZeroCrossing {
        /** The equation as it stands: V may jump over 0. */
        PLAIN,
        /** V becomes 0 if a reversed leak changes its sign (NeMo). */
        CLAMP;

        /** @return the word in files: the name in lower case */
        public String key() {
            return TrueNorthRules.key(this);
        }
    }

    /** Open point O2. */
    public enum Overflow {
        /** V saturates to its register after integration and after the leak; saturations are counted. */
        SATURATE,
        /** V beyond {@link #NEMO_LIMIT} after the leak fires and stays at the limit, below its negative it stays there (NeMo). */
        NEMO;

        /** 2^18 + 2^17. */
        public static final int NEMO_LIMIT = 393_216;

        /** @return the word in files: the name in lower case */
        public String key() {
            return TrueNorthRules.key(this);
        }
    }

    /** Open point O3. */
    public enum NegativeCompare {
        /** {@code V < -beta}, as published. */
        BELOW,
        /** {@code V <= -beta}, as RANC's simulator does by default. */
        AT_OR_BELOW;

        /** @return the word in files: the name in lower case */
        public String key() {
            return TrueNorthRules.key(this);
        }
    }

    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
