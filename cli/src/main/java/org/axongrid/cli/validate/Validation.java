package org.axongrid.cli.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axongrid.cli.output.Text;
import org.axongrid.emulator.cost.EnergyReport;

/**
 * Runs networks of the kinds that published measurements used and compares (project reference on energy, section 5, V1 to V7). Every figure of ours
 * comes out of the emulator's counters and a cost profile.
 */
public final class Validation {
    private static final String TRUENORTH = "truenorth-0.8V";
    private static final int CORES = 4096;
    private static final double TICK = 1e-3;

    private final int side;
    private final int ticks;
    private final double share;
    private final Map<String, CrossbarLoad.Outcome> loads = new HashMap<>();
    private final List<Check> checks = new ArrayList<>();

    private Validation(int side, int ticks) {
        this.side = side;
        this.ticks = ticks;
        share = side * side / (double) CORES;
    }

    /** @return the checks on whole chips */
    public static List<Check> run() {
        return run(64, 100);
    }

    /**
     * @param side  cores per side of the TrueNorth networks; the counts of smaller squares are scaled up to the chip's 64 x 64
     * @param ticks of each run
     * @return the checks
     */
    static List<Check> run(int side, int ticks) {
        Validation v = new Validation(side, ticks);
        v.trueNorthPower();
        v.odin();
        v.keywordSpotter();
        v.mnist();
        v.gestures();
        v.eightDataSets();
        return v.checks;
    }

    /** Power of the whole chip: static power is the chip's, events are those of its share that ran. */
    private double chipWatts(CrossbarLoad.Outcome o) {
        EnergyReport e = o.energy(TRUENORTH);
        return e.staticJ() / o.seconds() + e.dynamicJ() / o.seconds() / share;
    }

    private CrossbarLoad.Outcome load(int synapses, double hertz) {
        return loads.computeIfAbsent(synapses + " at " + hertz, key -> CrossbarLoad.recurrent(side, synapses, hertz * TICK, ticks));
    }

    private void trueNorthPower() {
        double[][] points = {{11.58, 68e-3, 0.01}, {95.93, 94e-3, 0.01}};
        for (double[] p : points) {
            CrossbarLoad.Outcome o = load(128, p[0]);
            checks.add(Check.within("V1", String.format(Locale.ROOT, "TrueNorth, %.0f mW at %.2f Hz, 0.8 V, 128 synapses", p[1] * 1e3, p[0]),
                "Akopyan 2015, Fig. 17", p[1], chipWatts(o), Text.si(chipWatts(o), "W"), p[2], ran(o) + "; the profile's line was put through this point"));
        }
        CrossbarLoad.Outcome o = load(128, 20);
        checks.add(Check.within("V2", "TrueNorth, 72 mW at 20 Hz, 0.775 V, 128 synapses", "Merolla 2014, p. 7", 72e-3, chipWatts(o),
            Text.si(chipWatts(o), "W"), 0.05, ran(o) + "; priced at 0.8 V, scaling by voltage is not published"));
    }

    private String ran(CrossbarLoad.Outcome o) {
        return String.format(Locale.ROOT, "ran %d cores, %d ticks, %.2f Hz, %.1f hops a spike", side * side, ticks, o.hertz(),
            (o.counters().hopsX + o.counters().hopsY) / (double) Math.max(1, o.counters().messages));
    }

    private void odin() {
        // 3 x 256 operations of two clocks at 75 MHz are 20.48 us: the largest rate.
        CrossbarLoad.Outcome o = CrossbarLoad.driven(3, 20_480, 1000);
        double watts = o.energy("odin").averagePowerW();
        checks.add(Check.within("V3", "ODIN, 477 uW at 75 MHz, 37.5 M operations/s, 0.55 V", "Frenkel 2019, Fig. 8b", 477e-6, watts, Text.si(watts, "W"),
            0.005, String.format(Locale.ROOT, "ran a full crossbar at %s, profile odin", Text.si(o.counters().synapticOperationsTotal() / o.seconds(),
            "operations/s"))));
    }

    private void keywordSpotter() {
        KeywordSpotter k = KeywordSpotter.run();
        int byEnergy = (int) (0.27e-3 / k.dynamicJ());
        int byTime = (int) (1 / 296.0 / k.seconds());
        checks.add(Check.possible("V4", "Loihi keyword spotter, 0.27 mJ dynamic and 296 inferences/s", "Blouw 2018, Table 1",
            Text.si(k.dynamicJ(), "J") + ", " + Text.si(k.seconds(), "s") + " a step at most", Math.min(byEnergy, byTime) >= 1,
            String.format(Locale.ROOT, "ran 390-256-256-29 with every neuron firing in every step (%.0f spikes); steps and spikes of an inference are"
                + " unpublished: the energy allows for %d such steps, the rate for %d, fewer spikes for more", k.spikes(), byEnergy, byTime)));
    }

    /** One frame a tick: the cores in use pay their part of the static power. */
    private void mnist() {
        double[][] claims = {{0.268e-6, 5}, {108e-6, 1920}};
        double idle = core(CrossbarLoad.recurrent(1, 256, 0, 10));
        double busy = core(CrossbarLoad.recurrent(1, 256, 1, 10));
        for (double[] c : claims) {
            checks.add(Check.possible("V5", String.format(Locale.ROOT, "TrueNorth MNIST, %s an image", Text.si(c[0], "J")), "Esser 2015",
                Text.si(idle * c[1], "J") + " to " + Text.si(busy * c[1], "J"), idle * c[1] <= c[0] && c[0] <= busy * c[1],
                String.format(Locale.ROOT, "ran a silent core and one with all 65,536 synapses active in each tick; %.0f cores are assumed, not verified, and spikes"
                    + " are unpublished", c[1])));
        }
    }

    /** @return energy of one core in a tick, its part of the static power included, J */
    private static double core(CrossbarLoad.Outcome o) {
        EnergyReport e = o.energy(TRUENORTH);
        double tick = o.seconds() / TICK;
        return e.staticJ() / tick / CORES + e.dynamicJ() / tick;
    }

    private void gestures() {
        double least = chipWatts(load(128, 0));
        double most = chipWatts(load(256, 200));
        checks.add(Check.possible("V6", "TrueNorth DVS gestures, under 200 mW, 105 ms", "Amir 2017", Text.si(least, "W") + " to " + Text.si(most, "W"),
            least < 0.2, "ran a silent chip and one at 200 Hz with 256 synapses a neuron, the busiest of the published range; size and spikes of the network are"
                + " unpublished, and so is its latency's make-up, which is not checked"));
    }

    private void eightDataSets() {
        CrossbarLoad.Outcome o = load(128, 20);
        double operations = o.counters().synapticOperationsTotal() / (o.seconds() / TICK) / share;
        double dynamic = o.energy(TRUENORTH).dynamicJ() / o.counters().synapticOperationsTotal();
        double still = o.energy(TRUENORTH).staticJ() / o.seconds();
        double slow = still + 1200 * operations * dynamic;
        double fast = still + 2600 * operations * dynamic;
        checks.add(Check.possible("V7", "TrueNorth, 8 data sets: 1,200 to 2,600 frames/s, 25 to 275 mW, over 6,000 frames/s/W", "Esser 2016",
            String.format(Locale.ROOT, "%s to %s, %,.0f to %,.0f frames/s/W", Text.si(slow, "W"), Text.si(fast, "W"), 1200 / slow, 2600 / fast),
            slow >= 25e-3 && fast <= 275e-3 && 1200 / slow > 6000, "ran a whole chip at 2 % activity, a frame a tick, ticks of 1/1200 and 1/2600 s; sizes and spikes"
                + " of the networks are unpublished"));
    }

    /** @return the checks as a table, with a remark below each */
    public static String table(List<Check> checks) {
        StringBuilder out = new StringBuilder(String.format("%-4s%-72s %-22s %-34s %10s  %s%n", "", "published", "source", "ours", "deviation", "verdict"));
        for (Check c : checks) {
            out.append(String.format(Locale.ROOT, "%-4s%-72s %-22s %-34s %10s  %s%n      %s%n", c.id(), c.claim(), c.source(), c.ours(),
                Double.isNaN(c.deviation()) ? "-" : String.format(Locale.ROOT, "%+.2f %%", 100 * c.deviation()), c.verdict().text(), c.remark()));
        }
        return out.toString();
    }
}
