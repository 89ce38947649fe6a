package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.network.Network;

/**
 * A trained network and the labelled images that conversions of it are tried on.
 *
 * @param network     as trained
 * @param data        the images
 * @param images      how many of them are classified: the first ones
 * @param labels      their classes
 * @param calibration what methods find thresholds from
 * @param notes       what was left out or assumed, one sentence each; may grow
 */
record ModelOnData(Network network, DataSet data, int images, int[] labels, Calibration calibration, List<String> notes) {
    /**
     * @param model             file of a trained network
     * @param dataName          file, folder or built-in name
     * @param limit             images to classify at most
     * @param calibrationName   the same for calibration, {@code null} for images of the data that are not classified if there are enough
     * @param calibrationImages how many of those at most
     * @param seed              of their choice
     * @return both
     * @throws org.axongrid.isa.InvalidInputException if the model or the data cannot be used
     */
    static ModelOnData open(Path model, String dataName, int limit, String calibrationName, int calibrationImages, long seed) {
        ImportedModel imported = ImportedModel.read(model, ImportOptions.DEFAULT.withEvents(false));
        List<String> notes = new ArrayList<>(imported.notes());
        Network network = imported.trained();
        DataSet data = DataSets.open(dataName, network, network.readout().shape().size());
        int images = Math.min(limit, data.size());
        int[] labels = Experiment.labels(data, images, dataName);
        Calibration named = CalibrationData.open(calibrationName, network, calibrationImages, seed);
        return new ModelOnData(network, data, images, labels,
            named != null ? named : CalibrationData.of(data, images, calibrationImages, seed, notes), notes);
    }
}
