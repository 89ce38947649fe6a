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
     * @param name    file, folder or built-in name
     * @param network the network that reads them
     * @param most    images at most
     * @param seed    of the choice
     * @return a random choice of them, or {@code null} without a name
     */
    public static Calibration open(String name, Network network, int most, long seed) {
        if (name == null) {
            return null;
        }
        DataSet from = DataSets.open(name, network, 0);
        return new Calibration(from::image, from.size(), most, seed);
    }

    /**
     * Images of the data that is classified, those that are not if there are enough of them.
     *
     * @param data       the data
     * @param classified how many of it are classified: the first ones
     * @param most       images at most
     * @param seed       of the choice
     * @param notes      told which are used
     * @return a random choice
     */
    static Calibration of(DataSet data, int classified, int most, long seed, List<String> notes) {
        int rest = data.size() - classified;
        boolean apart = rest >= most;
        Calibration calibration = apart ? new Calibration((i, out) -> data.image(classified + i, out), rest, most, seed)
            : new Calibration(data::image, data.size(), most, seed);
        notes.add("methods that calibrate use " + calibration.size() + (apart ? " images of the same data that are not classified"
            : " of the classified images: --calibration TRAINING_DATA avoids that"));
        return calibration;
    }
}
