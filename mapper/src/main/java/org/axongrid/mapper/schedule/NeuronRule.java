package org.axongrid.mapper.schedule;

/**
 * What a population does with its input in a step. With potential v, the step's input I and threshold theta all but pools compute
 * {@code p = v + I; s = fire(p); v = reset(p, s)} and send s, if it is not 0, as the payload of one message.
 *
 * @param kind       how s follows from p
 * @param maxPayload largest s; 1 where messages carry none
 * @param hardReset  whether v becomes 0 after a spike; else {@code v = p - s * theta}
 * @param dynamics   of {@link Kind#CUBA} what current and potential keep, else {@code null}
 */
public record NeuronRule(Kind kind, int maxPayload, boolean hardReset, Dynamics dynamics) {
    /** Kinds of neurons. */
    public enum Kind {
        /** The input and the readout: no spikes. */
        NONE,
        /** {@code s = clip(floor(p / theta), 0, maxPayload)}; with maxPayload 1 that is {@code p >= theta}. */
        THRESHOLD,
        /**
         * {@code s = 1 if p >= theta; -1 if p <= -theta and the sum of all s sent so far is positive; else 0}: Wang et al. 2022, signed neuron
         * with memory. A threshold of 0 marks a dead neuron, which never fires.
         */
        SIGNED,
        /**
         * The compartment of Loihi 1: {@code u = keep_u u + I; p = keep_v v + u + bias; s = p > theta}, which is strict; then v is 0 or
         * {@code p - theta}, and 0 for the rest of the refractory period (project reference on Loihi, section 2.2; Davies et al., IEEE Micro 38(1),
         * 2018). In integers u and v are register steps, of which a weight step has {@code 2^fractionBits}, and what is kept is rounded towards 0.
         */
        CUBA,
        /**
         * Max pooling by lateral inhibition, Li and Zeng 2022: each member of a window has a sum S of what it has received, the output is the
         * largest S, and all members lose it. What was sent up to any step is then the maximum of what the members sent up to it.
         */
        MAX_POOL
    }

    /** Input and readout. */
    public static final NeuronRule NONE = new NeuronRule(Kind.NONE, 1, false);
    /** Integrate and fire, reset by subtraction. */
    public static final NeuronRule SOFT = new NeuronRule(Kind.THRESHOLD, 1, false);
    /** Integrate and fire, reset to zero. */
    public static final NeuronRule HARD = new NeuronRule(Kind.THRESHOLD, 1, true);
    /** Signed neurons with memory. */
    public static final NeuronRule SIGNED = new NeuronRule(Kind.SIGNED, 1, false);

    /** Checks the payload's range. */
    public NeuronRule {
        boolean one = kind == Kind.THRESHOLD || kind == Kind.CUBA;
        if (maxPayload < 1 || maxPayload > 1 << 20 || hardReset && (maxPayload > 1 || !one)) {
            throw new IllegalArgumentException("payloads of 1 to 2^20, and of 1 with a hard reset");
        }
        if ((kind == Kind.CUBA) != (dynamics != null)) {
            throw new IllegalArgumentException("dynamics belong to neurons of the kind " + Kind.CUBA);
        }
    }

    /** Neurons whose potential stays as it is from step to step. */
    public NeuronRule(Kind kind, int maxPayload, boolean hardReset) {
        this(kind, maxPayload, hardReset, null);
    }

    /** @return Loihi's compartment */
    public static NeuronRule cuba(Dynamics dynamics, boolean hardReset) {
        return new NeuronRule(Kind.CUBA, 1, hardReset, dynamics);
    }

    /** @return neurons that send up to {@code maxPayload} spikes at once: group neurons and burst neurons */
    public static NeuronRule graded(int maxPayload) {
        return new NeuronRule(Kind.THRESHOLD, maxPayload, false);
    }

    /** @return a max pool whose members send at most {@code maxPayload} */
    public static NeuronRule maxPool(int maxPayload) {
        return new NeuronRule(Kind.MAX_POOL, maxPayload, false);
    }

    /** @return whether messages need no payload: a message is one spike */
    public boolean binary() {
        return (kind == Kind.THRESHOLD || kind == Kind.CUBA) && maxPayload == 1;
    }

    /** @return whether it has a threshold and a potential */
    public boolean integrates() {
        return kind == Kind.THRESHOLD || kind == Kind.SIGNED || kind == Kind.CUBA;
    }
}
