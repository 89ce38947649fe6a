package org.axongrid.isa.cost;

import java.util.Locale;

/** How a constant was established, weakest first. A total is no better than the weakest constant in it. */
public enum EvidenceGrade {
    /** The source does not say. */
    UNSTATED,
    /** Scaled from another chip or announced before there was one. */
    PROJECTED,
    /** Calculated from other figures, or fitted to them. */
    DERIVED,
    /** From a circuit simulation before silicon. */
    SIMULATED,
    /** Measured on silicon, with instruments that are not described. */
    MEASURED,
    /** Measured on silicon, with instruments and method described. */
    METERED;

    /** @return the word in YAML files and reports: the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the weaker of the two; {@code null} counts as no evidence needed yet */
    public EvidenceGrade weaker(EvidenceGrade other) {
        return other == null || compareTo(other) <= 0 ? this : other;
    }
}
