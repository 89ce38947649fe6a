package org.axongrid.mapper.netx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.onnx.GraphBuilder;
import org.axongrid.mapper.schedule.Dynamics;

/**
 * One layer of a netx file.
 *
 * @param place     its group
 * @param type      input, dense, conv or flatten
 * @param group     its fields
 * @param neuron    the type of its neurons, {@code null} for a flatten layer
 * @param dynamics  of its neurons
 * @param threshold in units of the weights
 * @param shape     what it sends: features, or channels, rows and columns
 */
record NetxLayer(String place, String type, HdfGroup group, String neuron, Dynamics dynamics, double threshold, int[] shape) {
    private static final int MOST = 1 << 24;
    private static final double DECAY_ONE = 4096;

    /** @return the layer, its fields checked */
    static NetxLayer of(String place, String type, HdfGroup group) {
        int[] shape = shape(place, group);
        if (type.equals("flatten")) {
            return new NetxLayer(place, type, group, null, null, 0, shape);
        }
        HdfGroup neuron = group.group("neuron");
        if (neuron == null) {
            throw new InvalidInputException(place + ": no neuron");
        }
        String at = place + "/neuron";
        String kind = word(at, neuron, "type");
        if (group.data("delay") != null && Arrays.stream(group.data("delay").reals()).anyMatch(d -> d != 0)) {
            throw new InvalidInputException(place + ": delays are not supported");
        }
        if (neuron.data("gradedSpike") != null && number(at, neuron, "gradedSpike", 0, 0, 1) != 0) {
            throw new InvalidInputException(at + ": graded spikes are not supported");
        }
        int current = number(at, neuron, "iDecay", Double.NaN, 0, 4096);
        int voltage = number(at, neuron, "vDecay", Double.NaN, 0, 4096);
        int refractory = number(at, neuron, "refDelay", 1, 1, 63);
        int threshold = number(at, neuron, "vThMant", Double.NaN, 1, (1 << 17) - 1);
        return new NetxLayer(place, type, group, kind, new Dynamics(1 - current / DECAY_ONE, 1 - voltage / DECAY_ONE, refractory), threshold, shape);
    }

    private static int[] shape(String place, HdfGroup group) {
        HdfData data = group.data("shape");
        if (data == null || !data.numeric() || data.size() != 1 && data.size() != 3) {
            throw new InvalidInputException(place + ": shape is " + (data == null ? "missing" : data + ", one or three extents are expected"));
        }
        int[] shape = new int[data.size()];
        long n = 1;
        for (int i = 0; i < shape.length; i++) {
            double d = data.real(i);
            n = d >= 1 && d <= MOST ? n * (long) d : Long.MAX_VALUE / MOST;
            if (d != Math.rint(d) || n > MOST) {
                throw new InvalidInputException(place + ": an extent of " + d + " in its shape");
            }
            shape[i] = (int) d;
        }
        return shape;
    }

    /** @return a text field, which may be an array of one */
    static String word(String at, HdfGroup group, String field) {
        HdfData data = group.data(field);
        if (data == null || data.numeric() || data.size() != 1) {
            throw new InvalidInputException(at + ": no " + field);
        }
        return data.text(0).strip();
    }

    private static int number(String at, HdfGroup group, String field, double otherwise, int least, int most) {
        HdfData data = group.data(field);
        double v = data == null ? otherwise : data.numeric() && data.size() == 1 ? data.real(0) : Double.NaN;
        if (!(v >= least && v <= most) || v != Math.rint(v)) {
            throw new InvalidInputException(at + ": " + field + " is " + (data == null ? "missing" : data.size() == 1 && data.numeric() ? v : data)
                + ", a whole number from " + least + " to " + most + " is expected");
        }
        return (int) v;
    }

    private int[] pair(String field, int otherwise, int least) {
        HdfData data = group.data(field);
        int[] out = {otherwise, otherwise};
        for (int i = 0; data != null && i < 2; i++) {
            double v = data.numeric() && (data.size() == 1 || data.size() == 2) ? data.real(data.size() == 1 ? 0 : i) : Double.NaN;
            if (!(v >= least && v <= 1 << 16) || v != Math.rint(v)) {
                throw new InvalidInputException(place + ": " + field + " is " + data + ", two whole numbers from " + least + " on are expected");
            }
            out[i] = (int) v;
        }
        return out;
    }

    private int[] weightDims() {
        HdfData weight = group.data("weight");
        int[] dims = weight == null ? new int[0] : weight.dims();
        boolean conv = type.equals("conv");
        if (conv && dims.length == 5 && dims[4] == 1) {
            dims = Arrays.copyOf(dims, 4);
        }
        if (weight == null || !weight.numeric() || dims.length != (conv ? 4 : 2) || weight.size() == 0) {
            throw new InvalidInputException(place + ": weight is " + (weight == null ? "missing" : weight.toString()) + ", " + (conv ? 4 : 2)
                + " extents are expected");
        }
        return dims;
    }

    private double[] whole(HdfData data, String what) {
        double[] values = data.reals();
        for (double v : values) {
            if (v != Math.rint(v) || Math.abs(v) > 1 << 20) {
                throw new InvalidInputException(place + ": " + what + " of " + v + "; netx files hold whole numbers");
            }
        }
        return values;
    }

    /** @return the shape that the layer reads, as far as it says itself */
    int[] input() {
        return switch (type) {
            case "dense" -> new int[] {weightDims()[1]};
            case "conv" -> {
                int[] w = weightDims();
                int[] stride = pair("stride", 1, 1);
                int[] padding = pair("padding", 0, 0);
                int[] dilation = pair("dilation", 1, 1);
                int[] in = new int[3];
                in[0] = Math.multiplyExact(w[1], groups());
                for (int i = 0; i < 2; i++) {
                    in[i + 1] = Math.addExact(Math.multiplyExact(shape[shape.length - 2 + i] - 1, stride[i]) - 2 * padding[i],
                        Math.addExact(Math.multiplyExact(dilation[i], w[2 + i] - 1), 1));
                    if (in[i + 1] < 1) {
                        throw new InvalidInputException(place + ": its shape does not go with its kernel and padding");
                    }
                }
                yield in;
            }
            default -> shape;
        };
    }

    private int groups() {
        return number(place, group, "groups", 1, 1, 1 << 16);
    }

    /** Adds the layer to a graph. @return the tensor with what it sends */
    String add(GraphBuilder builder, int number, String in) {
        String out = "layer " + number;
        String label = number + "-" + type;
        switch (type) {
            case "flatten" -> {
                builder.add("Flatten", label, List.of(in), out, Map.of("axis", 1L));
                return out;
            }
            case "input" -> {
                String scaled = single(builder, "Mul", in, "weight", out, 1);
                builder.neurons(label, single(builder, "Add", scaled, "bias", out, 0), out);
                return out;
            }
            default -> {
                int[] dims = weightDims();
                String weight = out + " weight";
                builder.constant(weight, dims, whole(group.data("weight"), "a weight"));
                String bias = out + " bias";
                HdfData given = group.data("bias");
                if (given != null && given.size() != dims[0]) {
                    throw new InvalidInputException(place + ": " + given.size() + " biases for " + dims[0] + " outputs");
                }
                builder.constant(bias, new int[] {dims[0]}, given == null ? new double[dims[0]] : whole(given, "a bias"));
                String sum = out + " sum";
                if (type.equals("dense")) {
                    builder.add("Flatten", label, List.of(in), out + " flat", Map.of("axis", 1L));
                    builder.add("Gemm", label, List.of(out + " flat", weight, bias), sum, Map.of("transB", 1L));
                } else {
                    int[] pad = pair("padding", 0, 0);
                    builder.add("Conv", label, List.of(in, weight, bias), sum, Map.of("strides", longs(pair("stride", 1, 1)), "dilations",
                        longs(pair("dilation", 1, 1)), "pads", new long[] {pad[0], pad[1], pad[0], pad[1]}, "group", (long) groups()));
                }
                builder.neurons(label, sum, out);
                return out;
            }
        }
    }

    private String single(GraphBuilder builder, String op, String in, String field, String prefix, double otherwise) {
        HdfData data = group.data(field);
        if (data != null && (!data.numeric() || data.size() != 1 || !Double.isFinite(data.real(0)))) {
            throw new InvalidInputException(place + ": " + field + " is " + data + ", one number is expected");
        }
        builder.constant(prefix + " " + field, new int[0], new double[] {data == null ? otherwise : data.real(0)});
        builder.add(op, place, List.of(in, prefix + " " + field), prefix + " " + op, Map.of());
        return prefix + " " + op;
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
