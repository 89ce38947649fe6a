package org.axongrid.isa.cost;

import java.util.Locale;

/** What an energy figure contains. */
public enum CostScope {
    /** One event and nothing else: may be added to other constants. */
    PER_OP,
    /** A chip's whole power divided by its event rate at one operating point: leakage, updates and routing are in it already. */
    ALL_IN;

    /** @return the word in YAML files: the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
