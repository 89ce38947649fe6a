package org.axongrid.cli.conform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.cli.sanafe.NetworkReader;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.emulator.sanafe.SanafeMachine;
import org.axongrid.emulator.sanafe.SanafeNetwork;
import org.axongrid.emulator.sanafe.SanafeStep;

/**
 * A run of SANA-FE and its results, step by step: counts, energy, times, spikes, potentials and messages. Numbers are compared to the digits that
 * were printed, times of the mode {@code detailed} to 1e-3, and those of {@code cycle}, a model of its own, not at all.
 */
final class SanafeReplay {
    private static final double DETAILED = 1e-3;
    /** Significant digits of potentials and of messages. */
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
    private static final List<String> PERF = List.of("timestep", "fired", "updated", "packets", "hops", "spikes", "sim_time", "synapse_energy",
        "dendrite_energy", "soma_energy", "network_energy", "total_energy");
    private static final String MESSAGES = "timestep,mid,src_neuron,src_hw,dest_hw,hops,spikes,send_timestamp,received_timestamp,"
        + "processed_timestamp,generation_delay,processing_delay,";

    private final SanafeVectors.Row row;
    private final SanafeNetwork net;
    private final SanafeMachine machine;
    private final String[] coreName;
    private final SanafeStep total = new SanafeStep();
    private int step;

    SanafeReplay(SanafeVectors.Row row, SanafeChip chip) {
        this.row = row;
        net = NetworkReader.read(row.network(), chip);
        machine = new SanafeMachine(chip, net, row.mode().equals("simple") ? SanafeMachine.Timing.SIMPLE : SanafeMachine.Timing.DETAILED);
        coreName = new String[chip.tiles().stream().mapToInt(t -> t.cores().size()).sum()];
        for (int c = 0, inTile = 0; c < coreName.length; c++) {
            inTile = c > 0 && machine.tileOf(c) == machine.tileOf(c - 1) ? inTile + 1 : 0;
            coreName[c] = machine.tileOf(c) + "." + inTile;
        }
    }

    /** @return their time over ours */
    double run() {
        Path spikes = trace("spikes.csv");
        Path potentials = trace("potentials.csv");
        Path messages = find(row.expected(), "messages.csv");
        try (VectorLines perf = open(find(row.expected(), "perf.csv"), "perf.csv");
             VectorLines s = spikes == null ? null : new VectorLines(spikes);
             VectorLines v = potentials == null ? null : new VectorLines(potentials);
             VectorLines m = messages == null || row.mode().equals("cycle") ? null : new VectorLines(messages)) {
            header(perf, String.join(",", PERF));
            if (s != null) {
                header(s, "neuron,timestep");
            }
            if (v != null) {
                header(v, potentialHeader());
            }
            if (m != null) {
                observe(m);
            }
            for (step = 1; step <= row.steps(); step++) {
                SanafeStep found = machine.step();
                total.add(found);
                perf(perf, found);
                if (s != null) {
                    spikes(s);
                }
                if (v != null) {
                    potentials(v);
                }
            }
            end(perf);
            end(s);
            end(v);
        }
        return summary();
    }

    private Path trace(String name) {
        return row.traces() == null ? null : find(row.traces(), name);
    }

    private static Path find(Path folder, String name) {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        return Files.isRegularFile(plain) ? plain : Files.isRegularFile(packed) ? packed : null;
    }

    private VectorLines open(Path file, String name) {
        if (file == null) {
            throw new CaseFailure("no " + name + " in " + row.expected());
        }
        return new VectorLines(file);
    }

    private static void header(VectorLines lines, String expected) {
        String found = lines.next();
        if (found == null || !found.startsWith(expected)) {
            throw new CaseFailure("header: expected " + VectorLines.shortened(String.valueOf(found)) + ", got " + VectorLines.shortened(expected));
        }
    }

    private void end(VectorLines lines) {
        String more = lines == null ? null : lines.next();
        if (more != null) {
            throw new CaseFailure("after step " + row.steps() + ": expected '" + VectorLines.shortened(more) + "', got nothing");
        }
    }

    private String at(String what) {
        return (step > 0 ? "step " + step + ": " : "") + what;
    }

    private void expect(String what, String expected, String found) {
        if (!found.equals(expected)) {
            throw new CaseFailure(at(what) + ": expected " + (expected == null ? "nothing" : expected) + ", got " + found);
        }
    }

    /** Compares to the digits printed, half a unit of the last one and rounding. */
    private void close(String what, String expected, double found) {
        BigDecimal e = decimal(expected, what);
        if (Math.abs(e.doubleValue() - found) > 0.501 * e.ulp().doubleValue()) {
            throw new CaseFailure(at(what) + ": expected " + expected + ", got " + found);
        }
    }

    private BigDecimal decimal(String text, String what) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new CaseFailure(at(what) + ": '" + VectorLines.shortened(text) + "' is no number");
        }
    }

    private void time(String what, String expected, double found) {
        switch (row.mode()) {
            case "simple" -> close(what, expected, found);
            case "detailed" -> {
                double e = decimal(expected, what).doubleValue();
                if (Math.abs(e - found) > DETAILED * Math.abs(e)) {
                    throw new CaseFailure(at(what) + ": expected " + expected + " within " + DETAILED + ", got " + found);
                }
            }
            default -> decimal(expected, what);
        }
    }

    private static List<String> cells(VectorLines lines, int count) {
        String line = lines.next();
        List<String> cells = line == null ? List.of() : VectorLines.fields(line);
        if (cells.size() < count) {
            throw lines.error(line == null ? "ends too early" : cells.size() + " cells, expected " + count);
        }
        return cells;
    }

    private void perf(VectorLines lines, SanafeStep s) {
        List<String> c = cells(lines, PERF.size());
        long[] counts = {step, s.fired, s.updated, s.packets, s.hops, s.events};
        for (int i = 0; i < counts.length; i++) {
            expect(PERF.get(i), c.get(i), Long.toString(counts[i]));
        }
        time("sim_time", c.get(6), s.time);
        double[] energies = {s.synapseEnergy, s.dendriteEnergy, s.somaEnergy, s.networkEnergy, s.energy()};
        for (int i = 0; i < energies.length; i++) {
            close(PERF.get(7 + i), c.get(7 + i), energies[i]);
        }
    }

    private void spikes(VectorLines lines) {
        for (int n : net.fileOrder) {
            if (net.logSpikes[n] && machine.fired(n)) {
                expect("spike", lines.next(), net.name[n] + "," + step);
            }
        }
    }

    private String potentialHeader() {
        StringBuilder header = new StringBuilder("timestep,");
        for (int n : net.fileOrder) {
            if (net.logPotential[n]) {
                header.append("neuron ").append(net.name[n]).append(',');
            }
        }
        return header.toString();
    }

    private void potentials(VectorLines lines) {
        List<String> c = cells(lines, 1);
        expect("row of potentials", c.get(0), Integer.toString(step));
        int column = 1;
        for (int n : net.fileOrder) {
            if (net.logPotential[n]) {
                String cell = column < c.size() ? c.get(column) : "";
                if (decimal(cell, "potential of " + net.name[n]).compareTo(new BigDecimal(machine.potential(n)).round(DIGITS)) != 0) {
                    throw new CaseFailure(at("potential of " + net.name[n]) + ": expected " + cell + ", got " + machine.potential(n));
                }
                column++;
            }
        }
    }

    /** Messages of the steps that were kept, in order; rows of -1 stand for work without one. */
    private void observe(VectorLines lines) {
        header(lines, MESSAGES);
        boolean[] over = {false};
        machine.observe((neuron, core, hops, events, generation, receive) -> {
            List<String> c = null;
            while (!over[0] && (c == null || c.get(1).equals("-1"))) {
                String line = lines.next();
                c = line == null ? List.of() : VectorLines.fields(line);
                over[0] = line == null;
                if (line != null && c.size() < 12) {
                    throw lines.error(c.size() + " cells, expected 16");
                }
            }
            if (over[0]) {
                return;
            }
            String what = "message " + c.get(1) + ": ";
            expect(what + "step, neuron, cores, hops, events", String.join(",", c.get(0), c.get(2), c.get(3), c.get(4), c.get(5), c.get(6)),
                String.join(",", Integer.toString(step), net.name[neuron], coreName[net.core[neuron]], coreName[core], Integer.toString(hops),
                    Integer.toString(events)));
            rounded(what + "generation_delay", c.get(10), generation);
            rounded(what + "processing_delay", c.get(11), receive);
        });
    }

    private void rounded(String what, String expected, double found) {
        double e = decimal(expected, what).doubleValue();
        if (Math.abs(e - found) > 5.01e-6 * Math.abs(e)) {
            throw new CaseFailure(at(what) + ": expected " + expected + ", got " + found);
        }
    }

    private double summary() {
        step = 0;
        Map<String, String> found = new HashMap<>();
        try (VectorLines lines = open(find(row.expected(), "run_summary.yaml"), "run_summary.yaml")) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    found.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
                }
            }
        }
        expect("timesteps_executed", found.get("timesteps_executed"), Integer.toString(row.steps()));
        expect("total_spikes", found.get("total_spikes"), Long.toString(total.events));
        expect("total_messages_sent", found.get("total_messages_sent"), Long.toString(total.packets));
        expect("total_neurons_updated", found.get("total_neurons_updated"), Long.toString(total.updated));
        expect("total_neurons_fired", found.get("total_neurons_fired"), Long.toString(total.fired));
        close("energy of synapses", found.getOrDefault("synapse", ""), total.synapseEnergy);
        close("energy of dendrites", found.getOrDefault("dendrite", ""), total.dendriteEnergy);
        close("energy of somas", found.getOrDefault("soma", ""), total.somaEnergy);
        close("energy of the network", found.getOrDefault("network", ""), total.networkEnergy);
        close("energy", found.getOrDefault("total", ""), total.energy());
        time("sim_time", found.getOrDefault("sim_time", ""), total.time);
        return decimal(found.getOrDefault("sim_time", ""), "sim_time").doubleValue() / total.time;
    }
}
