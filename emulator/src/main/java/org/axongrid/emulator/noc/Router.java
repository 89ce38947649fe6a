package org.axongrid.emulator.noc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How closely routers are modelled (project reference on the network, section 1). */
public enum Router {
    /** Hop latency and load per link, no contention: {@link AnalyticMesh}. */
    ANALYTIC,
    /** One virtual channel, credits, a grant a cycle: {@link Xy1Mesh}. */
    XY1,
    /** Virtual channels and pipeline stages: {@link VcMesh}. */
    VC;

    /** @return names as on the command line */
    public static List<String> names() {
        return Arrays.stream(values()).map(Router::toString).toList();
    }

    /** @return the level of a name from {@link #names} */
    public static Router of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
