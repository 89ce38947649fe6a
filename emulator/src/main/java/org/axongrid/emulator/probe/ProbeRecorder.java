package org.axongrid.emulator.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.engine.Simulation;

/** Records probes of one simulation. What it records is the state after each step. */
public final class ProbeRecorder implements Simulation.StepListener {
    private final List<Probe> probes;
    private List<int[]> recorded = new ArrayList<>();

    /**
     * @param simulation listened to from now on
     * @param probes     what to record
     */
    public ProbeRecorder(Simulation simulation, List<Probe> probes) {
        this.probes = List.copyOf(probes);
        if (probes.stream().anyMatch(p -> p.quantity() == Probe.Quantity.CURRENT)) {
            simulation.observeCurrents();
        }
        simulation.listen(this);
    }

    /**
     * A recorder that somebody else's listener tells of each step.
     *
     * @param probes what to record; no currents
     */
    public ProbeRecorder(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    @Override
    public void stepEnded(int step, Neurocore[] cores) {
        for (int p = 0; p < probes.size(); p++) {
            Probe probe = probes.get(p);
            int[] values = new int[probe.elements().length];
            if (probe.quantity() == Probe.Quantity.SPIKE) {
                spikes(probe, cores, values);
            } else {
                for (int i = 0; i < values.length; i++) {
                    Neurocore core = cores[probe.core()[i]];
                    int compartment = probe.compartment()[i];
                    values[i] = switch (probe.quantity()) {
                        case STATE -> core.state(probe.index(), compartment);
                        case CURRENT -> core.current(compartment);
                        default -> core.probed(probe.index(), compartment);
                    };
                }
            }
            recorded.add(values);
        }
    }

    private static void spikes(Probe probe, Neurocore[] cores, int[] values) {
        for (int i = 0; i < values.length; i++) {
            Neurocore core = cores[probe.core()[i]];
            int at = Arrays.binarySearch(core.spikes(), 0, core.spikeCount(), probe.compartment()[i]);
            values[i] = at < 0 ? 0 : core.payload(at);
        }
    }

    /**
     * @return what was recorded since the last call, by probe and step: one value per element; the recorder starts anew
     */
    public int[][][] take() {
        int n = probes.size();
        int steps = n == 0 ? 0 : recorded.size() / n;
        int[][][] values = new int[n][steps][];
        for (int i = 0; i < steps * n; i++) {
            values[i % n][i / n] = recorded.get(i);
        }
        recorded = new ArrayList<>();
        return values;
    }
}
