package org.axongrid.cli.report;

import java.util.Locale;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;

/** One row a core: where it is, what it did in the whole run, what that took. */
public final class CoresCsv {
    private CoresCsv() { }

    /** @return the table; energies of the whole run in J, empty where nothing is known of them */
    public static String of(ChipImage image, EnergyBreakdown energy) {
        ChipSpec chip = image.chip();
        StringBuilder out = new StringBuilder("core,chip,column,row,layer,spikes,synaptic_operations,synapse_words,updates_active,updates_idle,"
            + "microcode_instructions,microcode_cycles,messages,messages_received,hops_x,hops_y,dynamic_j,static_share_j\n");
        for (EnergyBreakdown.Part p : energy.cores()) {
            EventCounters c = p.counters();
            out.append(String.format(Locale.ROOT, "%d,%d,%d,%d,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%s,%s%n", p.core(), chip.chipOf(p.core()),
                chip.columnOf(p.core()), chip.rowOf(p.core()), p.name().replace(',', ';'), c.spikes, c.synapticOperationsTotal(), c.synapseWords,
                c.updatesActive + c.programmedActive, c.updatesIdle + c.programmedIdle, c.microcodeInstructions, c.microcodeCycles, c.messages,
                c.messagesReceived, c.hopsX, c.hopsY, known(p.energy().dynamicJ(), p.energy().byComponent().isEmpty()),
                known(energy.staticPerCoreJ(), energy.staticPerCoreJ() == 0)));
        }
        return out.toString();
    }

    private static String known(double joules, boolean nothing) {
        return nothing ? "" : Double.toString(joules);
    }
}
