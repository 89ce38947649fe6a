package org.axongrid.mapper.onnx;

import java.util.Map;
import java.util.Set;

/** Which operations are known, and what to tell the user about the others. */
final class Operations {
    /** Operations that a QCFS activation is made of. */
    static final Set<String> SCALAR_CHAIN = Set.of("Mul", "Div", "Add", "Sub", "Clip", "Min", "Max", "Floor", "Identity", "Relu");

    /** Operations of exactly two inputs. */
    static final Set<String> BINARY = Set.of("Add", "Div", "MatMul", "Mul", "Sub");

    /** What {@link GraphInterpreter} can interpret on signals. */
    static final Set<String> KNOWN = Set.of("Add", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Constant",
        "ConstantOfShape", "Conv", "Div", "Dropout", "Flatten", "Floor", "Gather", "Gemm", "GlobalAveragePool", "GlobalMaxPool", "Identity", "MatMul", "Max",
        "MaxPool", "Min", "Mul", "Neg", "Pad", "ReduceMax", "ReduceMean", "Relu", "Reshape", "Shape", "Slice", "Squeeze", "Sub", "Sum", "Transpose", "Unsqueeze");

    private static final Map<String, String> HINTS = Map.ofEntries(
        Map.entry("Sigmoid", "train with QCFS activations"),
        Map.entry("HardSigmoid", "train with QCFS activations"),
        Map.entry("Tanh", "train with QCFS activations"),
        Map.entry("LeakyRelu", "train with QCFS activations"),
        Map.entry("PRelu", "train with QCFS activations"),
        Map.entry("Elu", "train with QCFS activations"),
        Map.entry("Selu", "train with QCFS activations"),
        Map.entry("Gelu", "train with QCFS activations"),
        Map.entry("Erf", "train with QCFS activations instead of GELU"),
        Map.entry("HardSwish", "train with QCFS activations"),
        Map.entry("Softplus", "train with QCFS activations"),
        Map.entry("Round", "use Floor(x + 0.5): Round differs from it at ties"),
        Map.entry("Ceil", "QCFS rounds with Floor(x + 0.5)"),
        Map.entry("Softmax", "only at the network's output, where it is dropped"),
        Map.entry("LogSoftmax", "only at the network's output, where it is dropped"),
        Map.entry("ArgMax", "export the network without it, the classes are compared later"),
        Map.entry("QuantizeLinear", "export the float network, quantisation comes later"),
        Map.entry("DequantizeLinear", "export the float network, quantisation comes later"),
        Map.entry("QLinearConv", "export the float network, quantisation comes later"),
        Map.entry("ConvTranspose", "not part of a classifier of this kind"),
        Map.entry("LSTM", "only feed-forward networks can be imported"),
        Map.entry("GRU", "only feed-forward networks can be imported"),
        Map.entry("RNN", "only feed-forward networks can be imported"),
        Map.entry("If", "export without control flow"),
        Map.entry("Loop", "export without control flow, one pass of the network"),
        Map.entry("Scan", "export without control flow, one pass of the network"),
        Map.entry("LayerNormalization", "use batch normalisation: it can be folded"),
        Map.entry("InstanceNormalization", "use batch normalisation: it can be folded"),
        Map.entry("GroupNormalization", "use batch normalisation: it can be folded"),
        Map.entry("Split", "a shared map cannot be split"));

    private Operations() {
    }

    /** @return whether the node's operation is defined by ONNX itself */
    static boolean standard(OnnxNode node) {
        return node.domain().isEmpty() || node.domain().equals("ai.onnx");
    }

    /** @return why a node of an unknown operation cannot be imported */
    static String unsupported(OnnxNode node) {
        if (!standard(node)) {
            return node.label() + ": operations of the domain " + Text.quote(node.domain())
                + " are not supported, export with plain ONNX ones";
        }
        String hint = HINTS.get(node.op());
        return node.label() + " is not supported" + (hint == null ? "" : " (" + hint + ")");
    }
}
