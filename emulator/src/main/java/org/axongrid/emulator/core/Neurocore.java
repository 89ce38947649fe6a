package org.axongrid.emulator.core;

/** One running neurocore, of whatever kind. Touched by one thread at a time. */
public abstract class Neurocore {
    private static final int[] NO_STEPS = {};

    /** Queues of its messages, by sending worker, the host's last if there is one; none where messages come another way ({@link AxonSlots}). */
    final MessageQueue[] inbox;
    private final MessageQueue host;
    /** Compartments that spiked in the last step, ascending; the first {@link #spikeCount} elements count. */
    final int[] spikes;
    /** Spikes of the last step. */
    int spikeCount;
    /** Whether the last step was one that repeats itself until something comes in from outside. */
    boolean resting;
    /** Last step in which something goes out that axon delays hold back. */
    int heldUntil;
    private ActiveCores active;
    private int position;

    Neurocore(MessageQueue[] inbox, MessageQueue host, int compartments) {
        this.inbox = inbox;
        this.host = host;
        spikes = new int[compartments];
    }

    /** Back to the state before the first step; biases stay. */
    public void reset() {
        for (MessageQueue q : inbox) {
            q.clear();
        }
        spikeCount = 0;
        resting = false;
        heldUntil = 0;
    }

    /** Belongs to the cores of a worker from now on, at a position among them. */
    final void joins(ActiveCores cores, int at) {
        active = cores;
        position = at;
    }

    /** Ends a rest, because the host wrote something. */
    final void wake() {
        resting = false;
        if (active != null) {
            active.wake(position);
        }
    }

    /** @return first steps in which compartments run, where they do not all run from the beginning to the end */
    int[] startSteps() {
        return NO_STEPS;
    }

    /** @return {@link #computePs} of a step at rest */
    abstract long restingPs();

    /** @return about how long the last step took the host, ns; only its proportion to others matters */
    abstract long hostNs();

    /** Counts steps at rest that were not run. */
    abstract void countRest(int steps);

    /**
     * Runs one time-step.
     *
     * @param t      its number, from 1
     * @param window number of steps for which each compartment runs, from its start step on
     */
    public abstract void step(int t, int window);

    /**
     * Writes the biases of neighbouring compartments.
     *
     * @param compartment the first of them
     * @param mantissas   their biases, from element {@code from} to {@code to - 1}
     * @param exponent    by which each is shifted
     */
    public abstract void setBiases(int compartment, int[] mantissas, int from, int to, int exponent);

    /** @return a compartment's voltage (membrane potential) register */
    public abstract int voltage(int compartment);

    /** @return what a host reads of a compartment of the readout after a step: its voltage, or 1 if it drove its output pin */
    public int readout(int compartment) {
        return voltage(compartment);
    }

    /**
     * @return a compartment's current register after the last step, its input included
     * @throws IllegalStateException if no compartment of the core has a lasting current and {@link #observeCurrents} was not called
     */
    public abstract int current(int compartment);

    /** Makes all currents readable from the next step on, where there are any, at the price of the short way through simple compartments. */
    public abstract void observeCurrents();

    /** Sets a compartment's current and voltage to 0, as a host does through management messages. */
    public abstract void clear(int compartment);

    /**
     * Writes what a state word starts from, until {@link #restoreInitial}.
     *
     * @param word        state word; 0 is the voltage of any compartment
     * @param compartment which
     * @param value       a value that fits the word
     */
    public void setInitial(int word, int compartment, int value) {
        throw new IllegalStateException("a core whose initial states cannot be written");
    }

    /** Takes back all that {@link #setInitial} wrote. */
    public void restoreInitial() { }

    /** Takes a message of the host. */
    public void inject(int step, int axon, int atom, int payload) {
        host.push(step, firstLine(axon) + atom, payload);
    }

    /** @return first line of an input axon */
    abstract int firstLine(int axon);

    /** @return messages that have not taken effect yet */
    public int waiting() {
        int sum = 0;
        for (MessageQueue q : inbox) {
            sum += q.waiting();
        }
        return sum;
    }

    /** @return compartments that spiked in the last step, ascending; the first {@link #spikeCount()} elements count */
    public final int[] spikes() {
        return spikes;
    }

    /** @return number of spikes in the last step */
    public final int spikeCount() {
        return spikeCount;
    }

    /**
     * @param spike 0 to {@link #spikeCount()} - 1
     * @return the payload of a spike of the last step; 1 where spikes are binary
     */
    public int payload(int spike) {
        return 1;
    }

    /** @return a state word of a programmed compartment; word 0 is the voltage of any compartment */
    public int state(int word, int compartment) {
        if (word != 0) {
            throw new IllegalStateException("the core has no state word " + word);
        }
        return voltage(compartment);
    }

    /** @return what a program last showed on a probe channel */
    public int probed(int channel, int compartment) {
        throw new IllegalStateException("no program of the core shows anything");
    }

    /** @return time of the last step's updates, spikes and sending, ps */
    public abstract long computePs();

    /** @return time to receive what took effect in the last step, ps; the messages came during the step before */
    public abstract long receivePs();

    /**
     * @return when the last message that goes out in this step is received if nothing is in the way of any, ps after the step's start: production,
     *         way and reception of the latest
     */
    public abstract long drainPs();

    /** @return time of one stage in the last step, ps; stages of receiving are those of what took effect in it */
    public abstract long stagePs(Stage stage);

    /** @return time to receive a message on a line and to do its synaptic operations, ps */
    public abstract long servicePs(int line);

    /** @return part of a stage in receiving a message on a line, ps */
    public abstract long servicePs(int line, Stage stage);

    /** Visits the spikes and messages of the last step, in the order in which the core produces them. */
    public abstract void forEachMessage(MessageVisitor visitor);

    /** Receives the messages of a step. */
    @FunctionalInterface
    public interface MessageVisitor {
        /**
         * @param destination index of the receiving core
         * @param line        its line
         * @param steps       steps until it takes effect, at least 1; all but the last are spent at the sender
         * @param readyPs     when it leaves the sender, after the step's start
         */
        void message(int destination, int line, int steps, long readyPs);

        /**
         * A further destination of the message before, which the network copies on the way.
         *
         * @param destination index of the receiving core
         * @param line        its line
         * @param steps       as the message's
         * @param readyPs     as the message's
         */
        default void branch(int destination, int line, int steps, long readyPs) {
            message(destination, line, steps, readyPs);
        }

        /**
         * A spike, before its messages; does nothing unless overridden.
         *
         * @param compartment which spiked
         * @param producedPs  when, after the step's start
         */
        default void spike(int compartment, long producedPs) { }
    }
}
