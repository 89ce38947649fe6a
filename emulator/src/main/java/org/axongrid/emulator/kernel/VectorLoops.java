package org.axongrid.emulator.kernel;

import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;

/**
 * The loops of {@link DenseRows}, {@link IntegrateAndFire} and {@link LeakyIntegrateAndFire} on the JDK's Vector API, an incubator module that a JVM
 * has only when it is started with {@code --add-modules jdk.incubator.vector}. The implementation is compiled apart, and found by name when this
 * class is loaded, so that nothing else depends on the module. There is one implementation and one instance, a constant to the compiler.
 */
public abstract class VectorLoops {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String IMPLEMENTATION = "org.axongrid.emulator.kernel.vector.VectorApiLoops";

    /** Compartments that an update takes at least. */
    public static final int LEAST = 64;

    /** The loops, or null if this JVM does not offer the Vector API. */
    public static final VectorLoops OFFERED = load();

    /** Made by {@link #OFFERED} alone. */
    protected VectorLoops() { }

    private static VectorLoops load() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return null;
        }
        try {
            return (VectorLoops) Class.forName(IMPLEMENTATION).getConstructor().newInstance();
        } catch (InvocationTargetException | LinkageError e) {
            // A JDK whose Vector API is not the one that the loops were compiled with: they are not needed.
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this build has no " + IMPLEMENTATION, e);
        }
    }

    /** @return whether this JDK has the Vector API and the JVM was started without it */
    public static boolean missed() {
        return OFFERED == null && ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    /** As {@link DenseRows#add(int[], int, int[], int, int[])}. */
    public abstract void add(int[] acc, int at, int[] a, int n);

    /** As {@link DenseRows#addScaled}. */
    public abstract void addScaled(int[] acc, int at, int[] a, int factor, int n);

    /** Adds two rows. */
    public abstract void add(int[] acc, int at, int[] a, int[] b, int n);

    /** Adds four rows. */
    public abstract void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n);

    /** Adds eight rows. */
    public abstract void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int n);

    /** As {@link LaneRows#add}. */
    public abstract void addLanes(long[] w, int base, int longs, char[] channel, int from, int to, long[] out, int at);

    /** The same list of rows from three places of the weights to three places of the sums, none of which overlap. */
    public abstract void addLanes(long[] w, int base, int second, int third, int longs, char[] channel, int from, int to, long[] out, int at, int at2, int at3);

    /**
     * {@link IntegrateAndFire}'s loops in one: the compartments {@code from .. to - 1}, accumulators from {@code at} on.
     *
     * @param from   first compartment
     * @param to     after the last one, at least {@link #LEAST} further on
     * @param soft   whether a compartment that fires loses its threshold; else its voltage becomes 0
     * @param limit  a power of two; accumulators of {@code -limit .. limit - 1} are taken
     * @param undo   at least {@code to - from} elements that may be written
     * @param spikes result: compartments that fired, from {@code n} on; it has an element for each compartment
     * @param before result: active compartments before each of them
     * @param n      spikes before the block, at most {@code from}
     * @param active active compartments before the block
     * @return active compartments of the block and, from bit 16 on, spikes; -1 if an accumulator or a voltage left its limits: then everything is as before
     */
    public abstract int integrateAndFire(int[] acc, int at, int[] v, int[] bias, int[] threshold, boolean soft, int limit, int min, int max,
                                         int from, int to, int[] undo, int[] spikes, int[] before, int n, int active);

    /**
     * {@link LeakyIntegrateAndFire}'s loops in one, with the same results and conditions as {@link #integrateAndFire}.
     *
     * @param u      currents, all 0 where they do not last
     * @param dead   steps of dead time left, all 0 where there is none
     * @param range  what the compartments have in common
     * @param beside at least {@code 2 * (to - from)} elements that may be written
     */
    public abstract int leakyIntegrateAndFire(int[] acc, int at, int[] u, int[] v, int[] bias, int[] threshold, int[] dead, LeakyRange range,
                                              int from, int to, int[] beside, int[] spikes, int[] before, int n, int active);
}
