package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Images and labels in NumPy arrays. */
final class NpyFile {
    private static final int BLOCK = 1 << 16;

    private NpyFile() {
    }

    /** @return the images [N, ...]; integers must be pixel bytes, floating-point values are taken as they are */
    static ImageSet images(ByteSource in, Shape expected, int[] labels) {
        NpyHeader header = NpyHeader.read(in);
        int[] dims = header.dims();
        if (dims.length < 2) {
            throw new InvalidInputException(in.name() + ": an array of shape " + Arrays.toString(dims)
                + ", images [N, ...] for the network's input " + expected + " are expected");
        }
        int[] one = Arrays.copyOfRange(dims, 1, dims.length);
        Layout layout = Layout.of(in.name(), one, expected, false);
        Rows rows = new Rows(in, header, one, expected.size());
        Pixels pixels = header.kind() != 'f' ? bytes(rows) : header.width() == 4 ? floats(rows) : doubles(rows);
        in.end();
        return new ImageSet(in.name(), expected, layout, pixels, labels);
    }

    private static Pixels bytes(Rows rows) {
        Pixels.Bytes out = new Pixels.Bytes();
        for (int i = 0; i < rows.count(); i++) {
            ByteBuffer row = rows.next();
            byte[] image = new byte[rows.length()];
            for (int k = 0; k < image.length; k++) {
                long v = rows.integer(row);
                if (v < 0 || v > 255) {
                    throw new InvalidInputException(rows.name() + ": image " + i + ", value " + k + " is " + v
                        + "; integer pixels must be 0 to 255");
                }
                image[k] = (byte) v;
            }
            out.add(image);
        }
        return out;
    }

    private static Pixels floats(Rows rows) {
        Pixels.Floats out = new Pixels.Floats();
        for (int i = 0; i < rows.count(); i++) {
            ByteBuffer row = rows.next();
            float[] image = new float[rows.length()];
            for (int k = 0; k < image.length; k++) {
                image[k] = (float) Pixels.finite(row.getFloat(), rows.name(), i, k);
            }
            out.add(image);
        }
        return out;
    }

    private static Pixels doubles(Rows rows) {
        Pixels.Doubles out = new Pixels.Doubles();
        for (int i = 0; i < rows.count(); i++) {
            ByteBuffer row = rows.next();
            double[] image = new double[rows.length()];
            for (int k = 0; k < image.length; k++) {
                image[k] = Pixels.finite(row.getDouble(), rows.name(), i, k);
            }
            out.add(image);
        }
        return out;
    }

    /** @return labels [N] or [N, 1] of any type, whole numbers */
    static int[] labels(ByteSource in) {
        NpyHeader header = NpyHeader.read(in);
        int[] dims = header.dims();
        if (dims.length != 1 && !(dims.length == 2 && dims[1] == 1)) {
            throw new InvalidInputException(in.name() + ": labels of shape " + Arrays.toString(dims) + ", one number per image is expected");
        }
        int[] out = new int[0];
        for (int at = 0; at < dims[0];) {
            int n = Math.min(dims[0] - at, BLOCK);
            ByteBuffer block = ByteBuffer.wrap(in.bytes(n * header.width(), "label " + at + " of " + dims[0])).order(header.order());
            if (at + n > out.length) {
                out = Arrays.copyOf(out, Math.min(dims[0], Math.max(2 * out.length, BLOCK)));
            }
            for (int i = 0; i < n; i++, at++) {
                double v = header.kind() != 'f' ? Rows.integer(block, header) : header.width() == 4 ? block.getFloat() : block.getDouble();
                if (v != Math.rint(v) || Math.abs(v) > Integer.MAX_VALUE) {
                    throw new InvalidInputException(in.name() + ": label " + at + " is " + v + ", a class number is expected");
                }
                out[at] = (int) v;
            }
        }
        in.end();
        return out;
    }

    /** The array's images one after the other, in C order whatever the file's. */
    private static final class Rows {
        private final ByteSource in;
        private final NpyHeader header;
        private final int length;
        /** All values of a Fortran-ordered array, and the place of each of an image's values relative to the image's first. */
        private byte[] all;
        private long[] offsets;
        private int row;

        Rows(ByteSource in, NpyHeader header, int[] one, int length) {
            this.in = in;
            this.header = header;
            this.length = length;
            if (header.fortran()) {
                readAll(one);
            }
        }

        private void readAll(int[] one) {
            long total = (long) count() * length;
            // In blocks: the header's count is believed only as far as the file goes.
            if (total > (Integer.MAX_VALUE - 16) / header.width()) {
                throw new InvalidInputException(in.name() + ": a Fortran-ordered array of " + total
                    + " values is too large; store it in C order");
            }
            int bytes = (int) total * header.width();
            all = new byte[0];
            for (int at = 0; at < bytes;) {
                int n = Math.min(bytes - at, Math.max(BLOCK, at));
                byte[] block = in.bytes(n, "value " + at / header.width() + " of " + total);
                all = Arrays.copyOf(all, at + n);
                System.arraycopy(block, 0, all, at, n);
                at += n;
            }
            offsets = new long[length];
            for (int i = 0; i < length; i++) {
                long offset = 0;
                int rest = i;
                // Last C axis first: peel indices off, then weigh them with column-major strides.
                int[] index = new int[one.length];
                for (int a = one.length - 1; a >= 0; a--) {
                    index[a] = rest % one[a];
                    rest /= one[a];
                }
                long stride = count();
                for (int a = 0; a < one.length; a++) {
                    offset += index[a] * stride;
                    stride *= one[a];
                }
                offsets[i] = offset;
            }
        }

        String name() {
            return in.name();
        }

        int count() {
            return header.dims()[0];
        }

        int length() {
            return length;
        }

        ByteBuffer next() {
            int i = row++;
            int width = header.width();
            if (all == null) {
                long bytes = (long) length * width;
                if (bytes > Integer.MAX_VALUE - 16) {
                    throw new InvalidInputException(in.name() + ": an image of " + bytes + " bytes is too large");
                }
                return ByteBuffer.wrap(in.bytes((int) bytes, "image " + i + " of " + count())).order(header.order());
            }
            byte[] out = new byte[length * width];
            for (int k = 0; k < length; k++) {
                System.arraycopy(all, (int) (i + offsets[k]) * width, out, k * width, width);
            }
            return ByteBuffer.wrap(out).order(header.order());
        }

        long integer(ByteBuffer from) {
            return integer(from, header);
        }

        static long integer(ByteBuffer from, NpyHeader header) {
            boolean signed = header.kind() == 'i';
            return switch (header.width()) {
                case 1 -> signed ? from.get() : from.get() & 0xff;
                case 2 -> signed ? from.getShort() : from.getShort() & 0xffff;
                case 4 -> signed ? from.getInt() : from.getInt() & 0xffffffffL;
                default -> from.getLong();
            };
        }
    }
}
