package org.axongrid.emulator.engine;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.isa.image.Region;

/** The elements of a region in runs of neighbouring compartments of one core and one bias exponent, which a host writes together. */
final class RegionRuns {
    private final int[] core;
    private final int[] compartment;
    private final int[] exponent;
    /** By run its first element; one more at the end. */
    private final int[] first;

    RegionRuns(LoadedSystem system, Region region) {
        IntArrayList firsts = new IntArrayList();
        IntArrayList exponents = new IntArrayList();
        for (int i = 0; i < region.size(); i++) {
            int e = system.biasExponent(region, i);
            if (i == 0 || region.core()[i] != region.core()[i - 1] || region.compartment()[i] != region.compartment()[i - 1] + 1
                || e != exponents.getInt(exponents.size() - 1)) {
                firsts.addInt(i);
                exponents.addInt(e);
            }
        }
        core = Arrays.stream(firsts.toIntArray()).map(i -> region.core()[i]).toArray();
        compartment = Arrays.stream(firsts.toIntArray()).map(i -> region.compartment()[i]).toArray();
        exponent = exponents.toIntArray();
        firsts.addInt(region.size());
        first = firsts.toIntArray();
    }

    /** Writes a bias mantissa to each element. */
    void writeBiases(Neurocore[] cores, int[] mantissas) {
        for (int r = 0; r < core.length; r++) {
            cores[core[r]].setBiases(compartment[r], mantissas, first[r], first[r + 1], exponent[r]);
        }
    }
}
