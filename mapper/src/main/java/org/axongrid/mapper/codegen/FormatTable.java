package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.synapse.SynapseFormat;

/** The synapse formats of one core, numbered as they are first used. */
final class FormatTable {
    private final List<SynapseFormat> formats = new ArrayList<>();

    /** @return number of a format, 1 for the first, added if it is new */
    int number(SynapseFormat format) {
        int known = formats.indexOf(format);
        if (known < 0) {
            known = formats.size();
            formats.add(format);
        }
        return known + 1;
    }

    /** @return all of them; number k is element k - 1 */
    List<SynapseFormat> all() {
        return formats;
    }
}
