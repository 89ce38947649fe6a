package org.axongrid.mapper.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.onnx.OnnxImporter;

/** A trained model of the shared folder with the results of its authors' float32 simulation. */
final class SharedModel {
    private static final int PIXELS = 28 * 28;

    private final Path models;
    private final String name;
    private final byte[] images;

    /** Skips the calling test where the files are absent. */
    SharedModel(String name) throws IOException {
        this.models = SharedFiles.require("models");
        this.name = name;
        String set = name.startsWith("mnist") ? "mnist" : "fashion";
        this.images = unzip(SharedFiles.require("data/" + set + "-t10k-images-idx3-ubyte.gz"));
    }

    Network network() {
        return OnnxImporter.read(models.resolve(name + ".onnx"));
    }

    /** @return image {@code index} of an IDX file (16 bytes of header, one byte a pixel), as the network was trained: float32 of byte / 255 */
    double[] image(int index) {
        double[] out = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            out[i] = (images[16 + index * PIXELS + i] & 0xff) / 255f;
        }
        return out;
    }

    /** @return by "image,mode" (ann, T1, T2 ...) the ten outputs */
    Map<String, double[]> logits() throws IOException {
        Map<String, double[]> out = new HashMap<>();
        for (String[] row : rows("logits")) {
            double[] values = new double[row.length - 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.parseDouble(row[i + 2]);
            }
            out.put(row[0] + "," + row[1], values);
        }
        return out;
    }

    /** @return by "image,T,layer" the spikes and the synaptic operations so far */
    Map<String, long[]> activity() throws IOException {
        Map<String, long[]> out = new HashMap<>();
        for (String[] row : rows("spikes")) {
            out.put(row[0] + "," + row[1] + "," + row[2], new long[] {Long.parseLong(row[3]), Long.parseLong(row[4])});
        }
        return out;
    }

    /** @return by image: index, label, ann, T1, T2, T4, T8, T16, T32 */
    List<int[]> predictions() throws IOException {
        return rows("pred").stream().map(row -> {
            int[] out = new int[row.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = Integer.parseInt(row[i]);
            }
            return out;
        }).toList();
    }

    private List<String[]> rows(String kind) throws IOException {
        String text = new String(unzip(models.resolve(name + "." + kind + ".csv.gz")), StandardCharsets.UTF_8);
        return text.lines().skip(1).map(line -> line.split(",")).toList();
    }

    private static byte[] unzip(Path path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        }
    }
}
