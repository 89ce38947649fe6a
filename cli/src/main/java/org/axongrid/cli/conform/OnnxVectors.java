package org.axongrid.cli.conform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.onnx.OnnxImporter;
import org.axongrid.mapper.reference.AnnEvaluator;

/**
 * Networks in ONNX with the outputs of the program that trained them: a table of names, and beside it {@code NAME.onnx}, {@code NAME.in.csv.gz} and
 * {@code NAME.out.csv.gz}, an image or a row of outputs a line, flattened as exported. What the importer makes of the network has to give these outputs.
 */
final class OnnxVectors {
    private static final String HEADER = "name,kind,seed,opset,input_shape,outputs";
    private static final double TOLERANCE = 1e-3;
    /** Rounding of single precision, in shares of a row's largest output. */
    private static final double ROUNDING = 1e-5;
    private static final String INDEX = "index.csv";

    private OnnxVectors() { }

    /** @return whether a file with this header is a table of networks */
    static boolean starts(String header) {
        return header.equals(HEADER);
    }

    /** @return whether a file belongs to a table of networks beside it */
    static boolean belongsToTable(Path file) {
        String name = file.getFileName().toString();
        Path table = file.resolveSibling(INDEX);
        if (!name.endsWith(".onnx") && !name.endsWith(".in.csv.gz") && !name.endsWith(".out.csv.gz") || !Files.isRegularFile(table)) {
            return false;
        }
        try (VectorLines lines = new VectorLines(table)) {
            String first = lines.next();
            return first != null && starts(first) && CsvRows.read(table).stream().anyMatch(r -> name.startsWith(r.get("name") + "."));
        }
    }

    /** Replays all networks of a table. */
    static void replay(Path table, Tally tally) {
        for (Map<String, String> row : CsvRows.read(table)) {
            String name = CsvRows.cell(row, "name", table);
            Network network;
            try {
                network = OnnxImporter.read(table.resolveSibling(name + ".onnx"));
            } catch (InvalidInputException e) {
                if (!Files.isRegularFile(table.resolveSibling(name + ".onnx"))) {
                    throw e;
                }
                tally.refused(name, e.getMessage());
                continue;
            }
            try {
                compare(name, network, rows(table.resolveSibling(name + ".in.csv.gz")), rows(table.resolveSibling(name + ".out.csv.gz")), tally);
                tally.passed();
            } catch (CaseFailure e) {
                tally.failed(name, e.getMessage());
            }
        }
    }

    private static void compare(String name, Network network, List<double[]> images, List<double[]> outputs, Tally tally) {
        if (images.isEmpty() || images.size() != outputs.size()) {
            throw new CaseFailure(images.size() + " images, " + outputs.size() + " rows of outputs");
        }
        boolean stairs = network.populations().stream().anyMatch(p -> p.activation().kind() == Activation.Kind.QCFS);
        List<String> off = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            String difference = difference(network, images.get(i), outputs.get(i));
            if (difference != null) {
                off.add("image " + i + ", " + difference);
            }
        }
        // A value on a step of a staircase may fall to either side; with one image of four that is believed.
        if (off.size() > (stairs ? images.size() / 4 : 0)) {
            throw new CaseFailure(String.join("; ", off));
        }
        if (!off.isEmpty()) {
            tally.remark(name + ": " + off.get(0) + ": taken for a tie of a staircase activation");
        }
    }

    private static String difference(Network network, double[] image, double[] expected) {
        Shape in = network.imageShape();
        Shape out = network.readout().shape();
        if (image.length != in.size() || expected.length != out.size()) {
            throw new CaseFailure(image.length + " values and " + expected.length + " outputs, the network has " + in.size() + " and " + out.size());
        }
        double[] own = new double[image.length];
        for (int i = 0; i < own.length; i++) {
            own[in.fromChannelsFirst(i)] = image[i];
        }
        double[] found = new AnnEvaluator(network).logits(network.front() == null ? own : network.front().apply(own));
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            double value = found[out.fromChannelsFirst(i)];
            if (!(Math.abs(value - expected[i]) <= TOLERANCE * Math.abs(expected[i]) + ROUNDING * largest)) {
                return "output " + i + ": expected " + (float) expected[i] + ", got " + (float) value;
            }
        }
        return null;
    }

    private static List<double[]> rows(Path file) {
        List<double[]> rows = new ArrayList<>();
        try (VectorLines lines = new VectorLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                List<String> cells = VectorLines.fields(line);
                double[] row = new double[cells.size()];
                for (int i = 0; i < row.length; i++) {
                    try {
                        row[i] = Double.parseDouble(cells.get(i));
                    } catch (NumberFormatException e) {
                        throw lines.error("'" + VectorLines.shortened(cells.get(i)) + "' is no number");
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
