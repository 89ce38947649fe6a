package org.axongrid.emulator.core;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * TrueNorth cores as plainly as they can be written: project reference on TrueNorth, sections 3 and 4, neuron by neuron and synapse by synapse. It
 * shares nothing with the emulator's core.
 */
final class TrueNorthReference {
    private static final int V_MAX = 524_287;
    private static final int V_MIN = -524_288;

    private final List<TrueNorthCoreImage> cores;
    private final int slots;
    /** By slot, core and axon: arrivals. */
    private final int[][][] scheduler;
    final int[][] v;
    private final long[] prn;
    final long[] words;
    /** Neurons that fired in the last tick, by core. */
    final List<List<Integer>> spikes = new ArrayList<>();
    /** Core, neuron and pin of each output event of the last tick. */
    final List<int[]> outputs = new ArrayList<>();
    long synapticEvents;
    long merged;
    long saturations;
    long spikeCount;

    TrueNorthReference(List<TrueNorthCoreImage> cores, int slots) {
        this.cores = cores;
        this.slots = slots;
        scheduler = new int[slots][cores.size()][];
        v = new int[cores.size()][];
        prn = new long[cores.size()];
        words = new long[cores.size()];
        for (int c = 0; c < cores.size(); c++) {
            for (int[][] slot : scheduler) {
                slot[c] = new int[cores.get(c).inputAxons()];
            }
            v[c] = new int[cores.get(c).compartments()];
            for (int j = 0; j < v[c].length; j++) {
                v[c][j] = cores.get(c).uses(j) ? type(c, j).initialV() : 0;
            }
            prn[c] = cores.get(c).seed() & 0xffffffffL;
        }
    }

    private TrueNorthNeuron type(int core, int neuron) {
        return cores.get(core).parameters().get(cores.get(core).parameterOf()[neuron]);
    }

    /** Makes an axon active in a tick that is near enough. */
    void arrive(int tick, int core, int axon) {
        if (scheduler[tick % slots][core][axon]++ > 0) {
            merged++;
        }
    }

    void tick(int t) {
        spikes.clear();
        outputs.clear();
        List<int[]> packets = new ArrayList<>();
        for (int c = 0; c < cores.size(); c++) {
            spikes.add(new ArrayList<>());
            TrueNorthCoreImage core = cores.get(c);
            int[] active = scheduler[t % slots][c];
            for (int j = 0; j < core.compartments(); j++) {
                if (core.uses(j) && update(c, j, active)) {
                    spikeCount++;
                    spikes.get(c).add(j);
                    if (core.destCore()[j] >= 0) {
                        packets.add(new int[] {t + core.destDelay()[j], index(core.destCore()[j]), core.destAxon()[j]});
                    } else if (core.destCore()[j] == TrueNorthCoreImage.OUTPUT_PIN) {
                        outputs.add(new int[] {c, j, core.destAxon()[j]});
                    }
                }
            }
        }
        for (int c = 0; c < cores.size(); c++) {
            scheduler[t % slots][c] = new int[cores.get(c).inputAxons()];
        }
        packets.forEach(p -> arrive(p[0], p[1], p[2]));
    }

    private int index(int number) {
        for (int c = 0; c < cores.size(); c++) {
            if (cores.get(c).core() == number) {
                return c;
            }
        }
        throw new AssertionError("core " + number);
    }

    private boolean update(int c, int j, int[] active) {
        TrueNorthCoreImage core = cores.get(c);
        TrueNorthNeuron p = type(c, j);
        TrueNorthRules rules = core.rules();
        boolean nemo = rules.overflow() == TrueNorthRules.Overflow.NEMO;
        int x = v[c][j];
        for (int a = 0; a < active.length; a++) {
            if (active[a] > 0 && core.connects(a, j)) {
                synapticEvents++;
                int g = core.axonType()[a];
                x += p.isStochastic(g) ? chance(c, p.weight(g)) : p.weight(g);
            }
        }
        x = nemo ? x : limit(x);
        int leak = p.stochasticLeak() ? chance(c, p.leak()) : p.leak();
        if (p.leakReversal()) {
            int after = x + (x > 0 ? leak : x < 0 ? -leak : 0);
            boolean crossed = x > 0 && after < 0 || x < 0 && after > 0;
            x = crossed && rules.zeroCrossing() == TrueNorthRules.ZeroCrossing.CLAMP ? 0 : after;
        } else {
            x += leak;
        }
        x = nemo ? x : limit(x);
        int eta = p.maskBits() > 0 ? (int) (word(c) & (1L << p.maskBits()) - 1) : 0;
        boolean fires = false;
        int alpha = p.threshold() + eta;
        int beta = p.negativeThreshold() + (p.saturates() ? 0 : eta);
        boolean below = rules.negativeCompare() == TrueNorthRules.NegativeCompare.BELOW ? x < -beta : x <= -beta;
        if (nemo && (x > TrueNorthRules.Overflow.NEMO_LIMIT || x < -TrueNorthRules.Overflow.NEMO_LIMIT)) {
            fires = x > 0;
            x = x > 0 ? TrueNorthRules.Overflow.NEMO_LIMIT : -TrueNorthRules.Overflow.NEMO_LIMIT;
            saturations++;
        } else if (x >= alpha) {
            fires = true;
            x = switch (p.reset()) {
                case TO_VALUE -> p.resetValue();
                case LINEAR -> x - alpha;
                case NONE -> x;
            };
        } else if (below) {
            if (p.saturates()) {
                x = -p.negativeThreshold();
            } else {
                x = switch (p.reset()) {
                    case TO_VALUE -> -p.resetValue();
                    case LINEAR -> x + beta;
                    case NONE -> x;
                };
            }
        }
        v[c][j] = x;
        return fires;
    }

    private int limit(int x) {
        if (x > V_MAX || x < V_MIN) {
            saturations++;
        }
        return x > V_MAX ? V_MAX : x < V_MIN ? V_MIN : x;
    }

    private int chance(int core, int x) {
        int rho = (int) (word(core) % 256);
        return Math.abs(x) < rho ? 0 : x > 0 ? 1 : x < 0 ? -1 : 0;
    }

    /** xorshift32 in 64 bits. */
    private long word(int core) {
        long x = prn[core];
        x ^= x << 13 & 0xffffffffL;
        x ^= x >> 17;
        x ^= x << 5 & 0xffffffffL;
        prn[core] = x;
        words[core]++;
        return x;
    }
}
