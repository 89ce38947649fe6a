package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.List;

/** The binary layout of CIFAR-10: records of a label byte and 32 x 32 bytes each of red, green and blue. */
final class CifarFile {
    private static final int[] DIMS = {3, 32, 32};
    private static final int CLASSES = 10;
    private static final int PIXELS = 3 * 32 * 32;

    private CifarFile() {
    }

    /** @return the images with their labels */
    static ImageSet images(ByteSource in, Shape expected) {
        Layout layout = Layout.of(in.name() + " (taken for CIFAR-10)", DIMS, expected, true);
        Pixels.Bytes pixels = new Pixels.Bytes();
        List<Integer> labels = new ArrayList<>();
        while (!in.atEnd()) {
            byte[] record = in.bytes(1 + PIXELS, "CIFAR-10 record " + labels.size());
            if (record[0] < 0 || record[0] >= CLASSES) {
                throw new InvalidInputException(in.name() + ": label " + (record[0] & 0xff) + " of record " + labels.size()
                    + ", CIFAR-10 has 0 to " + (CLASSES - 1));
            }
            labels.add((int) record[0]);
            byte[] image = new byte[PIXELS];
            System.arraycopy(record, 1, image, 0, PIXELS);
            pixels.add(image);
        }
        return new ImageSet(in.name(), expected, layout, pixels, labels.stream().mapToInt(Integer::intValue).toArray());
    }
}
