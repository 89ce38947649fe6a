package org.axongrid.emulator.cost;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.cost.BarrierTable;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.image.ChipImage;

/**
 * Time of the barrier that ends each time-step of a system.
 *
 * @param ps    picoseconds; 0 if the profile does not know
 * @param notes what about it is not known, one sentence each; empty if the profile covers the case
 */
public record BarrierTime(long ps, List<String> notes) {
    /** Copies the list. */
    public BarrierTime {
        notes = List.copyOf(notes);
    }

    /**
     * @param profile a cost profile
     * @param image   a mapped network
     * @return the barrier over the tiles that have a core in use
     */
    public static BarrierTime of(CostProfile profile, ChipImage image) {
        ChipSpec chip = image.chip();
        int tiles = (int) image.cores().stream().mapToLong(c -> ((long) chip.chipOf(c.core()) << 32) + chip.tileOf(c.core())).distinct().count();
        return of(profile, Math.max(1, tiles), image.chips());
    }

    /**
     * @param profile a cost profile
     * @param tiles   tiles in use in the whole system, at least 1
     * @param chips   chips, at least 1; over more than one the widest barrier that the profile knows is taken, as tables are for one chip
     * @return the time and what it leaves out
     */
    public static BarrierTime of(CostProfile profile, int tiles, int chips) {
        if (tiles < 1 || chips < 1) {
            throw new IllegalArgumentException(tiles + " tiles on " + chips + " chips");
        }
        BarrierTable table = profile.barrier();
        if (table == null) {
            return new BarrierTime(0, List.of("barrier_time is unknown in " + profile.name() + " and adds nothing to a step"));
        }
        List<String> notes = new ArrayList<>();
        if (chips > 1) {
            notes.add("barrier_time over " + chips + " chips is unknown in " + profile.name() + "; taken is that of " + table.widest()
                + " tiles, its widest");
        } else if (tiles > table.widest()) {
            notes.add("barrier_time over " + tiles + " tiles is unknown in " + profile.name() + "; taken is that of " + table.widest()
                + " tiles, its widest");
        }
        return new BarrierTime(table.ps(chips > 1 ? table.widest() : tiles), notes);
    }
}
