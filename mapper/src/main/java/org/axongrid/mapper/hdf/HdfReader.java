package org.axongrid.mapper.hdf;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.EnumDataType;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axongrid.isa.InvalidInputException;

/**
 * Reads HDF5 files whole, into memory. What a file may claim is limited before anything is allocated for it: values by the file's own length
 * and what the filters can pack at best, groups by depth and number. jHDF trusts addresses and lengths in the file, so that a damaged one may
 * make it fail in any way, or run in circles: it runs in a thread of its own with a limit of time.
 */
public final class HdfReader {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    /** Largest file: it is held in memory. */
    private static final long FILE_MAX = 1L << 30;
    /** Deflate packs 1032 bytes into one at best (RFC 1951); other filters less. */
    private static final int PACKING_MAX = 1032;
    private static final int DEPTH_MAX = 64;
    private static final int ENTRIES_MAX = 1 << 20;
    private static final int SECONDS_SMALL = 10;
    private static final long BYTES_PER_SECOND = 1 << 22;
    private static final long STACK = 1 << 20;

    private final String name;
    private final long length;
    private int entries;
    private long held;

    private HdfReader(String name, long length) {
        this.name = name;
        this.length = length;
    }

    /**
     * @param path a file
     * @return whether it starts as HDF5 files do
     */
    public static boolean matches(Path path) {
        return Files.isRegularFile(path) && matches(start(path, SIGNATURE.length));
    }

    private static boolean matches(byte[] start) {
        return Arrays.equals(start, SIGNATURE);
    }

    private static byte[] start(Path path, int bytes) {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(bytes);
        } catch (IOException e) {
            throw new InvalidInputException(path + ": cannot be read: " + (Files.exists(path) ? e.getMessage() : "no such file"), e);
        }
    }

    /**
     * @param path a file
     * @return its root group
     * @throws InvalidInputException if it is no HDF5 file, is damaged, or holds what has no place here; the message names the file
     */
    public static HdfGroup read(Path path) {
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InvalidInputException(path + ": not a file");
        }
        byte[] start = start(path, 64);
        if (new String(start, StandardCharsets.ISO_8859_1).startsWith("version https://git-lfs")) {
            throw new InvalidInputException(name + ": a Git LFS pointer, not the file itself; fetch it with git lfs pull");
        }
        if (start.length < SIGNATURE.length || !matches(Arrays.copyOf(start, SIGNATURE.length))) {
            throw new InvalidInputException(name + ": " + (start.length == 0 ? "an empty file" : "no HDF5 file"));
        }
        byte[] bytes;
        try {
            long length = Files.size(path);
            if (length > Math.min(FILE_MAX, Runtime.getRuntime().maxMemory() / 4)) {
                throw new InvalidInputException(name + ": " + (length >> 20) + " MiB, more than a quarter of the JVM's memory or 1 GiB (see -Xmx)");
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new InvalidInputException(name + ": cannot be read: " + e.getMessage(), e);
        }
        return limited(name, bytes);
    }

    private static HdfGroup limited(String name, byte[] bytes) {
        FutureTask<HdfGroup> task = new FutureTask<>(() -> {
            try (HdfFile file = HdfFile.fromByteBuffer(ByteBuffer.wrap(bytes))) {
                return new HdfReader(name, bytes.length).group(file, "", 0);
            }
        });
        Thread thread = new Thread(null, task, "axongrid-hdf", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(SECONDS_SMALL + bytes.length / BYTES_PER_SECOND, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InvalidInputException known) {
                throw known;
            }
            if (cause instanceof OutOfMemoryError) {
                throw new InvalidInputException(name + ": needs more memory than the JVM has, or claims to; a damaged file, or raise -Xmx", cause);
            }
            throw new InvalidInputException(name + ": damaged HDF5 file" + described(cause), cause);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new InvalidInputException(name + ": damaged HDF5 file: reading it does not come to an end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidInputException(name + ": reading was interrupted", e);
        }
    }

    private static String described(Throwable cause) {
        String text = cause.getMessage();
        return text == null || text.isBlank() ? "" : ": " + text.lines().findFirst().orElse("").strip();
    }

    private HdfGroup group(Group group, String at, int depth) {
        if (depth > DEPTH_MAX) {
            throw bad(at, "groups nested more than " + DEPTH_MAX + " deep; one that holds itself?");
        }
        Map<String, HdfEntry> out = new TreeMap<>();
        for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
            String place = at + "/" + child.getKey();
            if (++entries > ENTRIES_MAX) {
                throw bad(place, "more than " + ENTRIES_MAX + " entries");
            }
            Node node = child.getValue();
            if (node.isLink()) {
                throw bad(place, "a link; only entries of the file itself are read");
            }
            try {
                out.put(child.getKey(), node instanceof Group g ? group(g, place, depth + 1) : data((Dataset) node, place));
            } catch (InvalidInputException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new InvalidInputException(name + ", " + place + ": damaged" + described(e), e);
            }
        }
        return HdfGroup.of(out);
    }

    private HdfData data(Dataset d, String at) {
        int[] dims = d.isScalar() ? new int[0] : d.getDimensions().clone();
        long n = 1;
        for (int x : dims) {
            n = x < 0 || x > 0 && n > Integer.MAX_VALUE / x ? Long.MAX_VALUE / 64 : n * x;
        }
        // A string is a reference of 16 bytes into a heap; its characters are limited by jHDF's own reads of the buffer.
        long bytes = n * Math.max(1, d.getDataType().getSize());
        long most = d.getFilters().isEmpty() ? length : length * PACKING_MAX;
        held += bytes;
        if (bytes > most || held > Runtime.getRuntime().maxMemory() / 4) {
            throw bad(at, "extents " + Arrays.toString(dims) + " are more values than the file or the JVM's memory can hold");
        }
        if (d.isEmpty() || n == 0) {
            return HdfData.of(d.isScalar() ? new int[] {0} : dims, new double[0]);
        }
        Object value = d.isScalar() ? scalar(d.getData()) : d.getDataFlat();
        return HdfData.of(dims, flat(value, (int) n, at, d.getDataType() instanceof EnumDataType));
    }

    private static Object scalar(Object value) {
        Object array = Array.newInstance(value == null ? String.class : value.getClass(), 1);
        Array.set(array, 0, value);
        return array;
    }

    /** Boxed values, big integers and names of truth values to arrays of ours. */
    private Object flat(Object value, int n, String at, boolean named) {
        if (value instanceof double[] || value instanceof float[] || value instanceof long[] || value instanceof int[] || value instanceof short[]
            || value instanceof byte[] || value instanceof boolean[]) {
            return value;
        }
        if (!(value instanceof Object[] boxed) || boxed.length != n) {
            throw bad(at, "values of an unsupported type");
        }
        Object first = boxed[0];
        if (first instanceof String) {
            return texts(boxed, at, named);
        }
        Object out = first instanceof Double ? new double[n] : first instanceof Float ? new float[n] : first instanceof Integer ? new int[n]
            : first instanceof Short ? new short[n] : first instanceof Byte ? new byte[n] : first instanceof Boolean ? new boolean[n]
            : first instanceof Long || first instanceof BigInteger ? new long[n] : null;
        if (out == null) {
            throw bad(at, first == null ? "an empty reference" : "values of the unsupported type " + first.getClass().getSimpleName());
        }
        for (int i = 0; i < n; i++) {
            Object v = boxed[i];
            Array.set(out, i, v instanceof BigInteger big ? (Object) big.longValueExact() : v);
        }
        return out;
    }

    /** h5py writes truth values as an enumeration of FALSE and TRUE, which jHDF gives by name. */
    private Object texts(Object[] boxed, String at, boolean named) {
        String[] texts = new String[boxed.length];
        boolean truth = named;
        for (int i = 0; i < texts.length; i++) {
            if (!(boxed[i] instanceof String s)) {
                throw bad(at, "an empty string reference");
            }
            texts[i] = s;
            truth &= s.equals("TRUE") || s.equals("FALSE");
        }
        if (!truth) {
            return texts;
        }
        boolean[] out = new boolean[texts.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = texts[i].equals("TRUE");
        }
        return out;
    }

    private InvalidInputException bad(String at, String cause) {
        return new InvalidInputException(name + ", " + at + ": " + cause);
    }
}
