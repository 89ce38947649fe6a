package org.axongrid.mapper.hdf;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group.
 *
 * @param entries by name, sorted; names have no slash and are not empty
 */
public record HdfGroup(SortedMap<String, HdfEntry> entries) implements HdfEntry {
    /** Copies the entries. */
    public HdfGroup {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        for (String name : entries.keySet()) {
            if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
                throw new IllegalArgumentException("'" + name + "' cannot be a name in an HDF5 group");
            }
        }
    }

    /** @return a group of these entries */
    public static HdfGroup of(Map<String, ? extends HdfEntry> entries) {
        return new HdfGroup(new TreeMap<>(entries));
    }

    /** @return the entry, null if there is none */
    public HdfEntry get(String name) {
        return entries.get(name);
    }

    /** @return the dataset of that name, null if there is none or it is a group */
    public HdfData data(String name) {
        return entries.get(name) instanceof HdfData d ? d : null;
    }

    /** @return the group of that name, null if there is none or it is a dataset */
    public HdfGroup group(String name) {
        return entries.get(name) instanceof HdfGroup g ? g : null;
    }
}
