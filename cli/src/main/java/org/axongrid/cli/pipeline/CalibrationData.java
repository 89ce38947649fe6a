package org.axongrid.cli.pipeline;

import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.network.Network;

/** Opens the images that methods are calibrated on. */
public final class CalibrationData {
    private CalibrationData() { }

    /**
     * @param name    file, folder or built-in name; {@code null} for {@code data}
     * @param data    the images that are classified; {@code null} if there are none, and then there may be no calibration
     * @param network the network that reads them
     * @param most    images at most
     * @param seed    of the choice
     * @param notes   told if test images are used
     * @return a random choice of them, or {@code null}
     */
    public static Calibration open(String name, DataSet data, Network network, int most, long seed, List<String> notes) {
        DataSet from = name == null ? data : DataSets.open(name, network.input().shape(), 0);
        if (from == null) {
            return null;
        }
        Calibration calibration = new Calibration(from::image, from.size(), most, seed);
        if (name == null) {
            notes.add("methods that calibrate use " + calibration.size() + " of the classified images: --calibration TRAINING_DATA avoids that");
        }
        return calibration;
    }
}
