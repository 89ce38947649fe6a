package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axongrid.mapper.network.Front;
import org.axongrid.mapper.network.Shape;

/** Nodes in front of the first activation that no projection can say: the host computes them. Their results, joined by channels, are population 0. */
final class HostFront implements Front {
    private static final int MOST_NAMED = 6;

    private final Shape imageShape;
    private final String input;
    private final int[] inputDims;
    private final double batch;
    private final List<OnnxNode> nodes;
    private final Map<String, Value.Constant> constants;
    private final List<String> outputs;
    private final Shape shape;

    /**
     * @param imageShape of the images
     * @param input      the graph's input
     * @param inputDims  its extents, batch 1 first
     * @param batch      batch size of the export, NaN if it is open
     * @param program    all nodes for the host in order, and the constants that they read
     * @param outputs    tensors that the network reads; one may be the input
     * @param shape      of all of them together
     */
    HostFront(Shape imageShape, String input, int[] inputDims, double batch, HostProgram program, List<String> outputs, Shape shape) {
        this.imageShape = imageShape;
        this.input = input;
        this.inputDims = inputDims;
        this.batch = batch;
        this.outputs = List.copyOf(outputs);
        this.shape = shape;
        this.nodes = needed(program.nodes(), outputs);
        this.constants = new HashMap<>();
        for (OnnxNode n : nodes) {
            for (String in : n.inputs()) {
                if (program.constants().containsKey(in)) {
                    constants.put(in, program.constants().get(in));
                }
            }
        }
    }

    private static List<OnnxNode> needed(List<OnnxNode> all, List<String> outputs) {
        Set<String> wanted = new HashSet<>(outputs);
        List<OnnxNode> out = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (wanted.contains(all.get(i).outputs().get(0))) {
                out.add(0, all.get(i));
                wanted.addAll(all.get(i).inputs());
            }
        }
        return List.copyOf(out);
    }

    @Override
    public Shape imageShape() {
        return imageShape;
    }

    @Override
    public String text() {
        List<String> labels = nodes.stream().filter(n -> !n.op().equals("Identity")).map(OnnxNode::label).toList();
        return String.join(", ", labels.subList(0, Math.min(MOST_NAMED, labels.size())))
            + (labels.size() > MOST_NAMED ? " and " + (labels.size() - MOST_NAMED) + " more" : "");
    }

    @Override
    public double[] apply(double[] image) {
        double[] ordered = new double[image.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = image[imageShape.fromChannelsFirst(i)];
        }
        Map<String, Value.Constant> values = HostProgram.run(nodes, constants, input, new Value.Constant(input, false, false, inputDims, ordered), batch);
        double[] out = new double[shape.size()];
        int at = 0;
        for (String name : outputs) {
            for (double v : values.get(name).data()) {
                out[shape.fromChannelsFirst(at++)] = v;
            }
        }
        return out;
    }
}
