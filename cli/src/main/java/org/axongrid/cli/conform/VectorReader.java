package org.axongrid.cli.conform;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads cases one after the other. Strict: what it does not know is an error that names the line. */
final class VectorReader {
    /** Most integers of one case; the largest known one has 300 000. */
    private static final long VALUES_MAX = 1 << 24;
    private static final int STEPS_MAX = 1_000_000;
    private static final int INDEX_MAX = 1 << 24;
    private static final long CRC_MAX = 0xffffffffL;

    private final VectorLines lines;
    private final String file;
    private final Set<String> ids = new HashSet<>();
    private String ahead;

    /**
     * @param lines the file's lines
     * @param first the first of them, which is read already
     * @param file  name for messages
     */
    VectorReader(VectorLines lines, String first, String file) {
        this.lines = lines;
        this.ahead = first;
        this.file = file;
    }

    /** @return the next case, or {@code null} at the end */
    VectorCase next() {
        String line = ahead != null ? ahead : lines.next();
        ahead = null;
        if (line == null) {
            return null;
        }
        List<String> head = VectorLines.fields(line);
        if (!head.get(0).equals("case") || head.size() != 4 || head.get(1).isBlank()) {
            throw lines.error("'case,ID,PEER,KIND' expected, found '" + VectorLines.shortened(line) + "'");
        }
        if (!ids.add(head.get(1))) {
            throw lines.error("case " + head.get(1) + " is there twice");
        }
        VectorCase c = new VectorCase(file + ": line " + lines.number(), head.get(1), head.get(2), head.get(3));
        long values = 0;
        while (true) {
            line = lines.next();
            if (line == null) {
                throw lines.error("the file ends within case " + c.id() + ": truncated");
            }
            List<String> fields = VectorLines.fields(line);
            values += fields.size();
            if (values > VALUES_MAX) {
                throw lines.error("case " + c.id() + " has more than " + VALUES_MAX + " values");
            }
            if (fields.get(0).equals("end") && fields.size() == 1) {
                return c;
            }
            record(c, fields);
        }
    }

    private void record(VectorCase c, List<String> fields) {
        String tag = fields.get(0);
        boolean fresh = switch (tag) {
            case "agree" -> {
                c.agree(fields.subList(1, fields.size()));
                yield true;
            }
            case "p" -> {
                needs(fields, 3);
                yield c.parameter(fields.get(1), List.copyOf(fields.subList(2, fields.size())));
            }
            case "w", "we", "d" -> {
                needs(fields, 4);
                yield c.row(tag, fields.get(1), lines.integer(fields, 2, 0, INDEX_MAX), lines.integers(fields, 3));
            }
            case "in", "s" -> {
                needs(fields, 3);
                yield c.timed(tag, fields.get(1), step(fields), ascending(fields));
            }
            case "crc_u", "crc_v" -> {
                if (fields.size() != 4) {
                    throw lines.error(tag + " has " + fields.size() + " fields, expected 4");
                }
                yield c.timed(tag, fields.get(1), step(fields), new int[] {(int) lines.wide(fields, 3, 0, CRC_MAX)});
            }
            case "gin", "u", "v", "g", "sigma", "act", "residue" -> {
                needs(fields, 4);
                yield c.timed(tag, fields.get(1), step(fields), lines.integers(fields, 3));
            }
            default -> throw lines.error("unknown record '" + VectorLines.shortened(tag) + "'");
        };
        if (!fresh) {
            throw lines.error("the same record '" + tag + "," + fields.get(1) + "' is there twice");
        }
    }

    private int[] ascending(List<String> fields) {
        // A line without indices ends in one empty field.
        if (fields.size() == 4 && fields.get(3).isEmpty()) {
            return new int[0];
        }
        int[] indices = lines.integers(fields, 3);
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] > INDEX_MAX || i > 0 && indices[i] <= indices[i - 1]) {
                throw lines.error("field " + (4 + i) + ": indices ascend from 0, found " + indices[i]);
            }
        }
        return indices;
    }

    private int step(List<String> fields) {
        return lines.integer(fields, 2, 1, STEPS_MAX);
    }

    private void needs(List<String> fields, int count) {
        if (fields.size() < count) {
            throw lines.error("'" + fields.get(0) + "' has " + fields.size() + " fields, at least " + count + " expected");
        }
    }
}
