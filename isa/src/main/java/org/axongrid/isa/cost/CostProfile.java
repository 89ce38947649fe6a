package org.axongrid.isa.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the events of a chip cost, as data: constants with their sources. Immutable. A constant that is not in the map is <em>unknown</em>,
 * which is not the same as zero: what it would price is reported as not estimated.
 *
 * <p>An energy of scope {@link CostScope#ALL_IN} holds everything that a chip spends, so only the synaptic operations may have that scope
 * and a profile with one may hold no other energy or power of the chip: they would be counted twice.
 *
 * @param name      short name, printed next to every joule
 * @param summary   one sentence on where it is from
 * @param constants those that are known
 * @param barrier   time of a barrier, {@code null} if unknown
 */
public record CostProfile(String name, String summary, Map<CostConstant, Entry> constants, BarrierTable barrier) {
    private static final List<CostConstant> MAY_BE_ALL_IN = List.of(CostConstant.SYNAPTIC_DENSE_ENERGY, CostConstant.SYNAPTIC_SPARSE_ENERGY,
        CostConstant.SYNAPTIC_SHARED_ENERGY);

    /**
     * One constant's value.
     *
     * @param value  in the unit that the constant fixes: J, whole ps, or W; not negative
     * @param source where the figure is from, in words
     * @param scope  what it contains
     * @param grade  how it was established
     * @param volts  supply voltage it holds for, NaN if unstated
     */
    public record Entry(double value, String source, CostScope scope, EvidenceGrade grade, double volts) { }

    /**
     * Checks and copies the constants.
     *
     * @throws IllegalArgumentException if a value is negative, not finite or no whole number of ps, or an all-in figure would be added to others
     */
    public CostProfile {
        EnumMap<CostConstant, Entry> copy = new EnumMap<>(CostConstant.class);
        copy.putAll(constants);
        copy.forEach(CostProfile::requirePossible);
        Optional<CostConstant> allIn = allIn(copy);
        if (allIn.isPresent()) {
            for (CostConstant c : copy.keySet()) {
                if (c.onChip() && copy.get(c).scope() != CostScope.ALL_IN) {
                    throw new IllegalArgumentException("'" + allIn.get().key() + "' is an all-in figure, which contains '" + c.key()
                        + "' already: a profile cannot hold both");
                }
            }
        }
        constants = Collections.unmodifiableMap(copy);
    }

    private static void requirePossible(CostConstant c, Entry e) {
        if (!Double.isFinite(e.value()) || e.value() < 0) {
            throw new IllegalArgumentException("'" + c.key() + "' cannot be " + e.value() + " " + c.unit().unit());
        }
        if (c.unit() == CostConstant.Unit.TIME && (e.value() != Math.rint(e.value()) || e.value() > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("'" + c.key() + "' is " + e.value() + " ps; times are whole picoseconds up to "
                + Integer.MAX_VALUE);
        }
        if (e.scope() == CostScope.ALL_IN && !MAY_BE_ALL_IN.contains(c)) {
            throw new IllegalArgumentException("'" + c.key() + "' cannot be an all-in figure; only energies of synaptic operations can");
        }
    }

    private static Optional<CostConstant> allIn(Map<CostConstant, Entry> constants) {
        return MAY_BE_ALL_IN.stream().filter(c -> constants.containsKey(c) && constants.get(c).scope() == CostScope.ALL_IN).findFirst();
    }

    /** @return the constant that contains the chip's whole energy, if the profile has such a one */
    public Optional<CostConstant> allIn() {
        return allIn(constants);
    }

    /** @return whether the constant is known */
    public boolean knows(CostConstant constant) {
        return constants.containsKey(constant);
    }

    /** @return the constant's entry, or nothing if it is unknown */
    public Optional<Entry> find(CostConstant constant) {
        return Optional.ofNullable(constants.get(constant));
    }

    @Override
    public String toString() {
        return name;
    }
}
