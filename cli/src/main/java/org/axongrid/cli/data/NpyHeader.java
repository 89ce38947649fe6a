package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file, versions 1 to 3.
 *
 * @param kind    'f' floating-point, 'u' unsigned, 'i' signed
 * @param width   bytes a value
 * @param order   their order
 * @param fortran whether the first axis runs fastest
 * @param dims    extents
 */
record NpyHeader(char kind, int width, ByteOrder order, boolean fortran, int[] dims) {
    private static final int LONGEST = 1 << 16;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=])([a-zA-Z])(\\d{1,3})['\"]");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    /** @return whether a file's first bytes are a NumPy header */
    static boolean matches(byte[] first) {
        return first.length >= MAGIC.length && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** @return the header; the source stands at the first value then */
    static NpyHeader read(ByteSource in) {
        byte[] start = in.bytes(8, "the NPY header");
        if (!matches(start)) {
            throw new InvalidInputException(in.name() + ", byte 0: no NPY data");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new InvalidInputException(in.name() + ", byte 6: NPY version " + version + ", 1 to 3 is supported");
        }
        byte[] size = in.bytes(version == 1 ? 2 : 4, "the NPY header");
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | size[i] & 0xff;
        }
        if (length > LONGEST) {
            throw new InvalidInputException(in.name() + ", byte 8: an NPY header of " + length + " bytes, at most " + LONGEST + " is supported");
        }
        String text = new String(in.bytes((int) length, "the NPY header"), StandardCharsets.ISO_8859_1);
        Matcher descr = found(DESCR, text, in, "a plain 'descr' such as '<f4'");
        Matcher fortran = found(FORTRAN, text, in, "'fortran_order'");
        Matcher shape = found(SHAPE, text, in, "'shape'");
        char kind = descr.group(2).charAt(0);
        int width = Integer.parseInt(descr.group(3));
        boolean usable = switch (kind) {
            case 'f' -> width == 4 || width == 8;
            case 'u', 'i' -> width == 1 || width == 2 || width == 4 || width == 8;
            default -> false;
        };
        if (!usable) {
            throw new InvalidInputException(in.name() + ": NPY values of type " + kind + width
                + "; float32, float64 and integers are supported");
        }
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(kind, width, order, fortran.group(1).equals("True"), dims(in, shape.group(1)));
    }

    private static Matcher found(Pattern pattern, String text, ByteSource in, String what) {
        Matcher m = pattern.matcher(text);
        if (!m.find()) {
            throw new InvalidInputException(in.name() + ": the NPY header has not " + what);
        }
        return m;
    }

    private static int[] dims(ByteSource in, String list) {
        String[] parts = Arrays.stream(list.split(",")).map(s -> s.replace("L", "").trim()).filter(s -> !s.isEmpty()).toArray(String[]::new);
        int[] dims = new int[parts.length];
        for (int i = 0; i < dims.length; i++) {
            try {
                dims[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException e) {
                throw new InvalidInputException(in.name() + ": NPY extent " + parts[i] + " is not usable", e);
            }
            if (dims[i] < 1 || dims[i] > DataSets.MOST_IMAGES) {
                throw new InvalidInputException(in.name() + ": NPY extent " + dims[i] + ", 1 to " + DataSets.MOST_IMAGES + " is supported");
            }
        }
        return dims;
    }
}
