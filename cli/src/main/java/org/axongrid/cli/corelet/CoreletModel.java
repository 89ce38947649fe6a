package org.axongrid.cli.corelet;

import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.TrueNorthCoreImage;

/**
 * An imported corelet model.
 *
 * @param name  the file's name without its ending
 * @param chip  the chip it was imported for
 * @param chips chips that its core numbers take
 * @param cores its cores, ascending; core {@code id} of the file is core number {@code id} of the system
 */
public record CoreletModel(String name, ChipSpec chip, int chips, List<TrueNorthCoreImage> cores) {
    /** Destinations up to this are output pins. */
    static final int FIRST_OUTPUT = -32;

    /** Copies the list. */
    public CoreletModel {
        cores = List.copyOf(cores);
    }

    /**
     * @param file a file
     * @return its name without folder and the endings .gz, .json and .sfti
     */
    public static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.gz$", "").replaceFirst("\\.(json|sfti)$", "");
    }

    /** @return position of a core number among the cores, negative if it is not there */
    public int indexOf(int number) {
        int low = 0;
        int high = cores.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int found = cores.get(middle).core();
            if (found == number) {
                return middle;
            }
            if (found < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
