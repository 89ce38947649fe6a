package org.axongrid.mapper.onnx;

import java.util.List;
import java.util.Map;

/**
 * An ONNX graph.
 *
 * @param name         its name, may be empty
 * @param nodes        in file order
 * @param initializers tensors by name
 * @param inputs       declared inputs; some exporters list the initializers, too
 * @param outputs      declared outputs
 */
record OnnxGraph(String name, List<OnnxNode> nodes, Map<String, OnnxTensor> initializers, List<OnnxPort> inputs, List<OnnxPort> outputs) {
}
