package org.axongrid.mapper.truenorth;

import java.util.List;

/**
 * A sum of some sources as gates that are active.
 *
 * @param lowest  magnitude of its lowest value
 * @param highest its highest value
 * @param plus    gates that count a step each
 * @param minus   gates that count a step less each
 * @param ones    gates that count 1 each
 */
record PartialSum(int lowest, int highest, List<Gate> plus, List<Gate> minus, List<Gate> ones) {
    int gates() {
        return plus.size() + minus.size() + ones.size();
    }

    /** Adds its lines: steps on type 0 and, those less, 1, ones on type 2. */
    void addTo(Lines lines) {
        plus.forEach(g -> lines.add(Gate.line(g.id, 0, 0)));
        minus.forEach(g -> lines.add(Gate.line(g.id, 1, 0)));
        ones.forEach(g -> lines.add(Gate.line(g.id, 2, 0)));
    }
}
