package org.axongrid.cli.sanafe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.emulator.sanafe.SanafeMachine;
import org.axongrid.emulator.sanafe.SanafeNetwork;
import org.axongrid.emulator.sanafe.SanafeStep;

/**
 * A run and all that was logged.
 *
 * @param chip       where it ran
 * @param neurons    number of neurons
 * @param synapses   number of synapses
 * @param cores      number of cores in use
 * @param timing     of the steps
 * @param steps      counts, energy and time by step
 * @param total      of the run
 * @param spikes     table of the logged neurons' spikes, as SANA-FE writes it
 * @param potentials table of the logged potentials, as SANA-FE writes it
 * @param notes      what was assumed
 */
public record SanafeRun(SanafeChip chip, int neurons, int synapses, int cores, SanafeMachine.Timing timing, List<SanafeStep> steps,
                        SanafeStep total, String spikes, String potentials, List<String> notes) {
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** @return the run of a network on an architecture */
    public static SanafeRun of(Path architecture, Path network, int steps, SanafeMachine.Timing timing) {
        SanafeChip chip = ArchitectureReader.read(architecture);
        return of(chip, NetworkReader.read(network, chip), steps, timing);
    }

    static SanafeRun of(SanafeChip chip, SanafeNetwork net, int count, SanafeMachine.Timing timing) {
        SanafeMachine machine = new SanafeMachine(chip, net, timing);
        StringBuilder spikes = new StringBuilder("neuron,timestep\n");
        int[] logged = Arrays.stream(net.fileOrder).filter(n -> net.logPotential[n]).toArray();
        StringBuilder potentials = new StringBuilder("timestep,");
        for (int n : logged) {
            potentials.append("neuron ").append(net.name[n]).append(',');
        }
        potentials.append('\n');
        List<SanafeStep> steps = new ArrayList<>();
        SanafeStep total = new SanafeStep();
        for (int t = 1; t <= count; t++) {
            steps.add(machine.step());
            total.add(steps.get(t - 1));
            for (int n : net.fileOrder) {
                if (net.logSpikes[n] && machine.fired(n)) {
                    spikes.append(net.name[n]).append(',').append(t).append('\n');
                }
            }
            potentials.append(t).append(',');
            for (int n : logged) {
                potentials.append(general(machine.potential(n))).append(',');
            }
            potentials.append('\n');
        }
        return new SanafeRun(chip, net.neurons(), net.target.length, (int) Arrays.stream(net.core).distinct().count(), timing, steps, total,
            spikes.toString(), potentials.toString(), net.notes);
    }

    /** @return six significant digits, as C prints with {@code %g} */
    static String general(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = rounded.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (shortest.signum() < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "")
            + String.format(java.util.Locale.ROOT, "e%+03d", exponent);
    }
}
