package org.axongrid.isa.image;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;

/** Compares images by value: records with arrays do not. */
final class Images {
    private Images() { }

    /** @return where the two differ first, or {@code null} if they are the same */
    static String difference(Object a, Object b) {
        return difference(a, b, "image");
    }

    private static String difference(Object a, Object b, String path) {
        if (a instanceof Record && b != null && a.getClass() == b.getClass()) {
            for (RecordComponent c : a.getClass().getRecordComponents()) {
                try {
                    c.getAccessor().setAccessible(true);
                    String d = difference(c.getAccessor().invoke(a), c.getAccessor().invoke(b), path + "." + c.getName());
                    if (d != null) {
                        return d;
                    }
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
            return null;
        }
        if (a instanceof List<?> as && b instanceof List<?> bs && as.size() == bs.size()) {
            for (int i = 0; i < as.size(); i++) {
                String d = difference(as.get(i), bs.get(i), path + "[" + i + "]");
                if (d != null) {
                    return d;
                }
            }
            return null;
        }
        return Objects.deepEquals(a, b) ? null : path;
    }
}
