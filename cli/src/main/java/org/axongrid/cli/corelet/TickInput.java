package org.axongrid.cli.corelet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.image.SpikePort;

/** Input spikes of TrueNorth cores by tick: a port with a line for each axon that has any, and what to send when. */
public final class TickInput {
    private final int[] tick;
    private final int[] line;
    private final List<SpikePort> ports;
    private int next;

    /**
     * @param tick  by spike: tick in which the axon is active, from 0; in any order
     * @param index by spike: index of the core in the image
     * @param axon  by spike: axon
     */
    public TickInput(int[] tick, int[] index, int[] axon) {
        int n = tick.length;
        // Ticks are below 2^31, so that a stable order fits a long.
        long[] order = IntStream.range(0, n).mapToLong(i -> (long) tick[i] << 32 | i).sorted().toArray();
        Long2LongHashMap lineOf = new Long2LongHashMap(-1);
        IntArrayList lineCore = new IntArrayList();
        IntArrayList lineAxon = new IntArrayList();
        this.tick = new int[n];
        line = new int[n];
        for (int k = 0; k < n; k++) {
            int i = (int) order[k];
            long key = (long) index[i] << 32 | axon[i];
            if (lineOf.get(key) < 0) {
                lineOf.put(key, lineCore.size());
                lineCore.addInt(index[i]);
                lineAxon.addInt(axon[i]);
            }
            this.tick[k] = tick[i];
            line[k] = (int) lineOf.get(key);
        }
        int[] first = new int[lineCore.size() + 1];
        Arrays.setAll(first, i -> i);
        ports = n == 0 ? List.of() : List.of(new SpikePort("input", first, lineCore.toIntArray(), lineAxon.toIntArray(), new int[lineCore.size()]));
    }

    /**
     * @param spikes a spike file
     * @param model  the model it is for
     * @return its spikes
     * @throws InvalidInputException if a spike leads to an axon that the model does not have
     */
    public static TickInput of(SpikeFile spikes, CoreletModel model) {
        int[] index = new int[spikes.size()];
        for (int i = 0; i < index.length; i++) {
            index[i] = model.indexOf(spikes.core()[i]);
            if (index[i] < 0 || spikes.axon()[i] >= model.cores().get(index[i]).inputAxons()) {
                throw new InvalidInputException(spikes.place() + ": spike " + i + " leads to axon " + spikes.axon()[i] + " of core "
                    + spikes.core()[i] + ", which " + model.name() + " does not have");
            }
        }
        return new TickInput(spikes.tick(), index, spikes.axon());
    }

    /** @return the port for the image, none if there is no spike */
    public List<SpikePort> ports() {
        return ports;
    }

    /** @return number of spikes in the first {@code ticks} ticks */
    public int spikes(int ticks) {
        int n = 0;
        while (n < tick.length && tick[n] < ticks) {
            n++;
        }
        return n;
    }

    /** @return what sends the spikes, each in its tick, and says which ticks have any */
    public Simulation.StepDriver into(Simulation simulation) {
        return new Simulation.StepDriver() {
            @Override
            public void beforeStep(int step) {
                inject(simulation, step - 1);
            }

            @Override
            public int nextStep(int from) {
                int at = Arrays.binarySearch(tick, from - 1);
                int spike = at < 0 ? -at - 1 : at;
                return spike == tick.length ? Integer.MAX_VALUE : tick[spike] + 1;
            }
        };
    }

    /** Sends a tick's spikes; ticks are asked for in ascending order, and from the first again for a new run. */
    private void inject(Simulation simulation, int t) {
        // Of ticks before the last one, a new run.
        if (next > 0 && tick[next - 1] >= t) {
            next = 0;
        }
        while (next < tick.length && tick[next] < t) {
            next++;
        }
        while (next < tick.length && tick[next] == t) {
            simulation.inject(0, line[next++]);
        }
    }
}
