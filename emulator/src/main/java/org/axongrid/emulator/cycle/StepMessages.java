package org.axongrid.emulator.cycle;

import java.util.Arrays;

/**
 * The messages that one step puts on the network, as parallel arrays; times in ps after the step's start. When each was where is known only if
 * {@link CycleClock#watch} was called before.
 */
public final class StepMessages {
    int[] source = new int[64];
    int[] destination = new int[64];
    int[] line = new int[64];
    boolean[] held = new boolean[64];
    /** Whether it is a copy of the message before, made on the way. */
    boolean[] branch = new boolean[64];
    long[] duePs = new long[64];
    long[] readyPs = new long[64];
    long[] servicePs = new long[64];
    private long[] enteredPs = new long[0];
    private long[] deliveredPs = new long[0];
    private long[] servedPs = new long[0];
    int size;

    void add(int from, int to, int toLine, boolean copy, long due, boolean heldBack, long ready, long toServe) {
        if (size == source.length) {
            source = Arrays.copyOf(source, 2 * size);
            destination = Arrays.copyOf(destination, 2 * size);
            line = Arrays.copyOf(line, 2 * size);
            held = Arrays.copyOf(held, 2 * size);
            branch = Arrays.copyOf(branch, 2 * size);
            duePs = Arrays.copyOf(duePs, 2 * size);
            readyPs = Arrays.copyOf(readyPs, 2 * size);
            servicePs = Arrays.copyOf(servicePs, 2 * size);
        }
        source[size] = from;
        destination[size] = to;
        line[size] = toLine;
        held[size] = heldBack;
        branch[size] = copy;
        duePs[size] = due;
        readyPs[size] = ready;
        servicePs[size++] = toServe;
    }

    void delivered(int message, long entered, long delivered, long served) {
        if (enteredPs.length < source.length) {
            enteredPs = Arrays.copyOf(enteredPs, source.length);
            deliveredPs = Arrays.copyOf(deliveredPs, source.length);
            servedPs = Arrays.copyOf(servedPs, source.length);
        }
        enteredPs[message] = entered;
        deliveredPs[message] = delivered;
        servedPs[message] = served;
    }

    /** @return number of messages */
    public int size() {
        return size;
    }

    /** @return index of the sending core */
    public int source(int message) {
        return source[message];
    }

    /** @return index of the receiving core */
    public int destination(int message) {
        return destination[message];
    }

    /** @return line of the receiving core */
    public int line(int message) {
        return line[message];
    }

    /** @return whether an axon delay held it back: it was produced in an earlier step */
    public boolean isHeld(int message) {
        return held[message];
    }

    /** @return when the sender had produced it; 0 if an axon delay held it back until this step */
    public long readyPs(int message) {
        return readyPs[message];
    }

    /** @return when it left the queue of its router's local port */
    public long enteredPs(int message) {
        return enteredPs[message];
    }

    /** @return when it came to its core */
    public long deliveredPs(int message) {
        return deliveredPs[message];
    }

    /** @return when its core began to receive it */
    public long servedPs(int message) {
        return servedPs[message];
    }

    /** @return when its core had received it */
    public long receivedPs(int message) {
        return servedPs[message] + servicePs[message];
    }
}
