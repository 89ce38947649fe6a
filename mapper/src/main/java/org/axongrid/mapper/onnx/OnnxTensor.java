package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor of the file. Its values stay encoded until {@link #values()}: large weights are decoded once, by the node that needs them.
 *
 * @param file     file name for messages
 * @param name     tensor name, may be empty
 * @param dims     extents, none for a scalar
 * @param type     ONNX element type
 * @param raw      little-endian bytes, null if {@code listed} or {@code external} holds the values
 * @param listed   values of the typed lists, null if none; half-precision types as bit patterns
 * @param external values in another file, null if none
 */
record OnnxTensor(String file, String name, long[] dims, int type, ByteBuffer raw, double[] listed, ExternalData external) {
    private static final int FLOAT = 1;
    private static final int FLOAT16 = 10;
    private static final int DOUBLE = 11;
    private static final int BFLOAT16 = 16;

    /** @return whether the element type is a floating-point one */
    boolean floating() {
        return type == FLOAT || type == DOUBLE || type == FLOAT16 || type == BFLOAT16;
    }

    /** @return number of values by {@code dims} */
    int size() {
        long n = 1;
        for (long d : dims) {
            if (d < 0) {
                throw bad("dims " + Text.dims(dims) + " hold a negative extent");
            }
            // Every factor is checked: a zero must not hide an overflow.
            if (d > Integer.MAX_VALUE || n * Math.max(d, 1) > Integer.MAX_VALUE) {
                throw bad("dims " + Text.dims(dims) + " are more than 2^31-1 values");
            }
            n *= d;
        }
        return (int) n;
    }

    /**
     * @return the values, row-major, widened exactly
     * @throws InvalidInputException if the type is not supported or the data's length does not match the dims
     */
    double[] values() {
        int size = size();
        int width = width();
        if (external != null) {
            return decode(external.read(this, (long) size * width), size);
        }
        if (raw != null) {
            if (raw.remaining() != (long) size * width) {
                throw bad("dims " + Text.dims(dims) + " of " + typeName() + " need " + (long) size * width + " bytes, the data has "
                    + raw.remaining());
            }
            return decode(raw.duplicate(), size);
        }
        int listedSize = listed == null ? 0 : listed.length;
        if (listedSize != size) {
            throw bad("dims " + Text.dims(dims) + " need " + size + " values, the data has " + listedSize);
        }
        double[] out = size == 0 ? new double[0] : listed.clone();
        if (type == FLOAT16 || type == BFLOAT16) {
            for (int i = 0; i < size; i++) {
                out[i] = type == FLOAT16 ? half((int) out[i]) : brain((int) out[i]);
            }
        }
        return out;
    }

    private double[] decode(ByteBuffer bytes, int size) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
            out[i] = switch (type) {
                case FLOAT -> bytes.getFloat();
                case DOUBLE -> bytes.getDouble();
                case FLOAT16 -> half(bytes.getShort());
                case BFLOAT16 -> brain(bytes.getShort());
                case 2, 9 -> bytes.get() & 0xff;
                case 3 -> bytes.get();
                case 4 -> bytes.getShort() & 0xffff;
                case 5 -> bytes.getShort();
                case 6 -> bytes.getInt();
                default -> bytes.getLong();
            };
        }
        return out;
    }

    private int width() {
        return switch (type) {
            case FLOAT, 6 -> 4;
            case DOUBLE, 7 -> 8;
            case FLOAT16, BFLOAT16, 4, 5 -> 2;
            case 2, 3, 9 -> 1;
            default -> throw bad("element type " + typeName() + " is not supported (float, double, float16, bfloat16 and integers are)");
        };
    }

    private String typeName() {
        return switch (type) {
            case FLOAT -> "float";
            case 2 -> "uint8";
            case 3 -> "int8";
            case 6 -> "int32";
            case 7 -> "int64";
            case 8 -> "string";
            case FLOAT16 -> "float16";
            case DOUBLE -> "double";
            case BFLOAT16 -> "bfloat16";
            default -> "number " + type;
        };
    }

    /** @return an error that names this tensor */
    InvalidInputException bad(String cause) {
        return new InvalidInputException(file + ": tensor " + Text.quote(name) + ": " + cause);
    }

    private static double brain(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** IEEE 754 binary16; Java 17 has no method of its own. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 31) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
