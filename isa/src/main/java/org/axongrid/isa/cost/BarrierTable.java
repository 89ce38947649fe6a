package org.axongrid.isa.cost;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Time of the barrier that ends a time-step, by the number of tiles that take part. Between two entries it is interpolated linearly.
 *
 * @param psByTiles ps by tiles in use; at least one entry
 * @param source    where the figures are from, in words
 * @param grade     how they were established
 * @param volts     supply voltage, NaN if unstated
 */
public record BarrierTable(NavigableMap<Integer, Long> psByTiles, String source, EvidenceGrade grade, double volts) {
    /** Checks and copies the table. */
    public BarrierTable {
        if (psByTiles.isEmpty() || psByTiles.firstKey() < 1) {
            throw new IllegalArgumentException("a barrier table has at least one entry, for at least one tile");
        }
        for (long ps : psByTiles.values()) {
            if (ps < 0) {
                throw new IllegalArgumentException("a barrier cannot take " + ps + " ps");
            }
        }
        psByTiles = Collections.unmodifiableNavigableMap(new TreeMap<>(psByTiles));
    }

    /** @return the largest number of tiles with an entry */
    public int widest() {
        return psByTiles.lastKey();
    }

    /**
     * @param tiles tiles in use, at least 1
     * @return time in ps, to the nearest; outside of the table the entry next to it
     */
    public long ps(int tiles) {
        Map.Entry<Integer, Long> below = psByTiles.floorEntry(tiles);
        Map.Entry<Integer, Long> above = psByTiles.ceilingEntry(tiles);
        if (below == null) {
            return above.getValue();
        }
        if (above == null || above.getKey().equals(below.getKey())) {
            return below.getValue();
        }
        double share = (tiles - below.getKey()) / (double) (above.getKey() - below.getKey());
        return Math.round(below.getValue() + share * (above.getValue() - below.getValue()));
    }
}
