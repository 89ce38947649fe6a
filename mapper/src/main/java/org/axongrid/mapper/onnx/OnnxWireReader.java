package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the fields we need of an ONNX file's protobuf messages; everything else is skipped, subgraphs included. */
final class OnnxWireReader {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Path path;
    private final String file;
    private final byte[] bytes;
    private final WireInput in;

    private OnnxWireReader(Path path, byte[] bytes) throws IOException {
        this.path = path;
        this.file = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        this.bytes = bytes;
        this.in = new WireInput(bytes);
    }

    /**
     * @param path a file
     * @return its model
     * @throws InvalidInputException if the file cannot be read or is not an ONNX model
     */
    static OnnxModel read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new InvalidInputException(path + (Files.exists(path) ? ": not a file" : ": no such file"));
            }
            if (Files.size(path) > Integer.MAX_VALUE - 16) {
                throw new InvalidInputException(path + ": " + Files.size(path) + " bytes, an ONNX file has less than 2 GiB");
            }
            return new OnnxWireReader(path, Files.readAllBytes(path)).model();
        } catch (IOException e) {
            throw new InvalidInputException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private OnnxModel model() {
        String foreign = ForeignFiles.kind(bytes);
        if (foreign != null) {
            throw new InvalidInputException(file + ": not an ONNX model but " + foreign);
        }
        long opset = 0;
        OnnxGraph graph = null;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case 7 << 3 | BYTES -> {
                        int end = in.enter();
                        graph = graph();
                        in.leave(end);
                    }
                    case 8 << 3 | BYTES -> {
                        int end = in.enter();
                        opset = Math.max(opset, opset());
                        in.leave(end);
                    }
                    default -> in.skip(tag);
                }
            }
        } catch (IOException e) {
            throw damaged(e);
        }
        if (graph == null) {
            throw new InvalidInputException(file + ": not an ONNX model: " + bytes.length + " bytes without a graph");
        }
        return new OnnxModel(opset, graph);
    }

    /** Version of the default domain; other domains count as 0. */
    private long opset() throws IOException {
        String domain = "";
        long version = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | BYTES -> domain = in.string();
                case 2 << 3 | VARINT -> version = in.readInt64();
                default -> in.skip(tag);
            }
        }
        return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
    }

    private OnnxGraph graph() throws IOException {
        String name = "";
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
        List<OnnxPort> inputs = new ArrayList<>();
        List<OnnxPort> outputs = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (2 << 3 | BYTES)) {
                name = in.string();
                continue;
            }
            if (tag != (1 << 3 | BYTES) && tag != (5 << 3 | BYTES) && tag != (11 << 3 | BYTES) && tag != (12 << 3 | BYTES)) {
                in.skip(tag);
                continue;
            }
            int end = in.enter();
            switch (tag >>> 3) {
                case 1 -> nodes.add(node());
                case 5 -> {
                    OnnxTensor tensor = tensor();
                    if (initializers.put(tensor.name(), tensor) != null) {
                        throw tensor.bad("defined twice");
                    }
                }
                case 11 -> inputs.add(port());
                default -> outputs.add(port());
            }
            in.leave(end);
        }
        return new OnnxGraph(name, List.copyOf(nodes), initializers, List.copyOf(inputs), List.copyOf(outputs));
    }

    private OnnxNode node() throws IOException {
        String name = "";
        String op = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | BYTES -> inputs.add(in.string());
                case 2 << 3 | BYTES -> outputs.add(in.string());
                case 3 << 3 | BYTES -> name = in.string();
                case 4 << 3 | BYTES -> op = in.string();
                case 5 << 3 | BYTES -> {
                    int end = in.enter();
                    OnnxAttribute a = attribute();
                    attributes.put(a.name(), a);
                    in.leave(end);
                }
                case 7 << 3 | BYTES -> domain = in.string();
                default -> in.skip(tag);
            }
        }
        return new OnnxNode(name, op, domain, List.copyOf(inputs), List.copyOf(outputs), attributes);
    }

    private OnnxAttribute attribute() throws IOException {
        String name = "";
        float f = 0;
        long i = 0;
        String s = "";
        OnnxTensor tensor = null;
        WireInput.Numbers floats = in.new Numbers();
        List<Long> ints = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | BYTES -> name = in.string();
                case 2 << 3 | FIXED32 -> f = in.readFloat();
                case 3 << 3 | VARINT -> i = in.readInt64();
                case 4 << 3 | BYTES -> s = in.string();
                case 5 << 3 | BYTES -> {
                    int end = in.enter();
                    tensor = tensor();
                    in.leave(end);
                }
                case 7 << 3 | FIXED32 -> floats.add(in.readFloat());
                case 7 << 3 | BYTES -> floats.packed(WireInput.Numbers.Coding.FLOAT);
                case 8 << 3 | VARINT -> ints.add(in.readInt64());
                case 8 << 3 | BYTES -> in.packedLongs(ints);
                default -> in.skip(tag);
            }
        }
        double[] wide = floats.values();
        float[] narrow = new float[wide.length];
        for (int k = 0; k < wide.length; k++) {
            narrow[k] = (float) wide[k];
        }
        return new OnnxAttribute(name, f, i, s, tensor, narrow, ints.stream().mapToLong(Long::longValue).toArray());
    }

    private OnnxTensor tensor() throws IOException {
        String name = "";
        List<Long> dims = new ArrayList<>();
        int type = 0;
        ByteBuffer raw = null;
        WireInput.Numbers listed = in.new Numbers();
        Map<String, String> keys = new LinkedHashMap<>();
        boolean elsewhere = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> dims.add(in.readInt64());
                case 1 << 3 | BYTES -> in.packedLongs(dims);
                case 2 << 3 | VARINT -> type = in.readInt32();
                case 4 << 3 | FIXED32 -> listed.add(in.readFloat());
                case 4 << 3 | BYTES -> listed.packed(WireInput.Numbers.Coding.FLOAT);
                case 5 << 3 | VARINT, 7 << 3 | VARINT -> listed.add(in.readInt64());
                case 5 << 3 | BYTES, 7 << 3 | BYTES -> listed.packed(WireInput.Numbers.Coding.INTEGER);
                case 8 << 3 | BYTES -> name = in.string();
                case 9 << 3 | BYTES -> raw = in.slice();
                case 10 << 3 | 1 -> listed.add(in.readDouble());
                case 10 << 3 | BYTES -> listed.packed(WireInput.Numbers.Coding.DOUBLE);
                case 13 << 3 | BYTES -> {
                    int end = in.enter();
                    entry(keys);
                    in.leave(end);
                }
                case 14 << 3 | VARINT -> elsewhere = in.readInt32() == 1;
                default -> in.skip(tag);
            }
        }
        long[] extents = dims.stream().mapToLong(Long::longValue).toArray();
        ExternalData external = elsewhere ? external(name, keys) : null;
        return new OnnxTensor(file, name, extents, type, raw, raw == null ? listed.values() : null, external);
    }

    private void entry(Map<String, String> keys) throws IOException {
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | BYTES -> key = in.string();
                case 2 << 3 | BYTES -> value = in.string();
                default -> in.skip(tag);
            }
        }
        keys.put(key, value);
    }

    private ExternalData external(String tensor, Map<String, String> keys) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            return new ExternalData(folder, keys.get("location"), Long.parseLong(keys.getOrDefault("offset", "0")),
                Long.parseLong(keys.getOrDefault("length", "-1")));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(file + ": tensor " + Text.quote(tensor) + ": external data: offset or length is not a number", e);
        }
    }

    private OnnxPort port() throws IOException {
        String name = "";
        OnnxPort type = new OnnxPort("", null, 0);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | BYTES -> name = in.string();
                case 2 << 3 | BYTES -> {
                    int end = in.enter();
                    type = type();
                    in.leave(end);
                }
                default -> in.skip(tag);
            }
        }
        return new OnnxPort(name, type.dims(), type.elemType());
    }

    /** TypeProto; only tensor_type (field 1) has a shape for us. */
    private OnnxPort type() throws IOException {
        OnnxPort out = new OnnxPort("", null, 0);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (1 << 3 | BYTES)) {
                int end = in.enter();
                int elemType = 0;
                long[] dims = null;
                for (int t = in.readTag(); t != 0; t = in.readTag()) {
                    switch (t) {
                        case 1 << 3 | VARINT -> elemType = in.readInt32();
                        case 2 << 3 | BYTES -> {
                            int shapeEnd = in.enter();
                            dims = shape();
                            in.leave(shapeEnd);
                        }
                        default -> in.skip(t);
                    }
                }
                in.leave(end);
                out = new OnnxPort("", dims, elemType);
            } else {
                in.skip(tag);
            }
        }
        return out;
    }

    private long[] shape() throws IOException {
        List<Long> dims = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != (1 << 3 | BYTES)) {
                in.skip(tag);
                continue;
            }
            int end = in.enter();
            long extent = -1;
            for (int t = in.readTag(); t != 0; t = in.readTag()) {
                if (t == (1 << 3 | VARINT)) {
                    extent = in.readInt64();
                } else {
                    in.skip(t);
                }
            }
            in.leave(end);
            dims.add(extent);
        }
        return dims.stream().mapToLong(Long::longValue).toArray();
    }

    private InvalidInputException damaged(IOException e) {
        return new InvalidInputException(file + ", byte " + in.position() + " of " + bytes.length
            + ": damaged or not an ONNX model: " + e.getMessage(), e);
    }
}
