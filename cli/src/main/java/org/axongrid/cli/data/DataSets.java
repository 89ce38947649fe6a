package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens data sets: IDX (MNIST and its kin), CIFAR-10 binary, NPY and NPZ; packed with gzip or not; a folder with one of these; or the
 * Fashion-MNIST test set by the name {@value #FASHION}.
 *
 * <p>Reading is strict: whatever is cut off, left over, of another shape, or no number ends in an {@link InvalidInputException} with the file
 * and the place. Pixels stay in memory as wide as the file has them.
 */
public final class DataSets {
    /** Name of the built-in data set. */
    public static final String FASHION = "fashion";

    /** Largest extent in a header that is believed: far above any data set, and small enough for its labels to fit in memory. */
    static final int MOST_IMAGES = 1 << 24;

    private static final String RESOURCES = "/org/axongrid/cli/data/fashion/";

    private DataSets() {
    }

    /**
     * @param source  a built-in name, a file or a folder
     * @param network the network that reads it
     * @param classes number of classes that labels must stay below, 0 if not known
     * @return the data set, as what the host makes of its images if the network has a {@link org.axongrid.mapper.network.Front}
     * @throws InvalidInputException as {@link #open(String, Shape, int)}
     */
    public static DataSet open(String source, Network network, int classes) {
        DataSet images = open(source, network.imageShape(), classes);
        return network.front() == null ? images : new FrontedSet(images, network.front(), network.input().shape());
    }

    /**
     * @param source   a built-in name, a file or a folder
     * @param expected the network's input shape
     * @param classes  number of classes that labels must stay below, 0 if not known
     * @return the data set
     * @throws InvalidInputException if there is no such data, it is damaged, or it does not fit the network
     */
    public static DataSet open(String source, Shape expected, int classes) {
        if (source.equals(FASHION)) {
            return fashion(expected, classes);
        }
        try {
            Path path = Path.of(source);
            if (!Files.exists(path)) {
                throw new InvalidInputException(source + ": no such file or folder, nor a built-in data set (" + FASHION + ")");
            }
            return open(path, expected, classes);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(source + ": not a path: " + e.getReason(), e);
        }
    }

    /**
     * @param path     a file, or a folder with one data set
     * @param expected the network's input shape
     * @param classes  number of classes that labels must stay below, 0 if not known
     * @return the data set
     * @throws InvalidInputException if there is no such data, it is damaged, or it does not fit the network
     */
    public static DataSet open(Path path, Shape expected, int classes) {
        Path file = Files.isDirectory(path) ? DataFolder.images(path) : path;
        try (ByteSource in = ByteSource.open(file)) {
            byte[] first = in.ahead();
            // A CIFAR-10 record may begin like an IDX header, hence the names count.
            boolean batch = (in.name().contains(".bin") || in.name().contains("batch")) && !in.name().contains("idx");
            if (IdxFile.matches(first) && !batch) {
                return IdxFile.images(in, expected, labels(file)).checked(classes);
            }
            if (NpyHeader.matches(first)) {
                return NpyFile.images(in, expected, labels(file)).checked(classes);
            }
            if (NpzFile.matches(first)) {
                return NpzFile.images(file, expected).checked(classes);
            }
            if (batch) {
                return CifarFile.images(in, expected).checked(classes);
            }
            throw new InvalidInputException(in.name() + ": " + (first.length == 0 ? "an empty file" : "of an unknown format")
                + ", expected IDX, NPY, NPZ or CIFAR-10 (.bin), gzipped or not");
        }
    }

    private static DataSet fashion(Shape expected, int classes) {
        try (ByteSource labels = resource("t10k-labels-idx1-ubyte.gz", FASHION + " labels");
             ByteSource images = resource("t10k-images-idx3-ubyte.gz", FASHION)) {
            return IdxFile.images(images, expected, IdxFile.labels(labels)).checked(classes);
        }
    }

    private static ByteSource resource(String file, String name) {
        InputStream in = DataSets.class.getResourceAsStream(RESOURCES + file);
        if (in == null) {
            throw new IllegalStateException("resource " + file + " is missing from the build");
        }
        return ByteSource.of(name, in);
    }

    /** Labels in IDX or NPY beside the images; null if there are none. */
    private static int[] labels(Path images) {
        Path path = LabelFiles.beside(images);
        if (path == null) {
            return null;
        }
        try (ByteSource in = ByteSource.open(path)) {
            return NpyHeader.matches(in.ahead()) ? NpyFile.labels(in) : IdxFile.labels(in);
        }
    }
}
