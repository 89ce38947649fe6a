package org.axongrid.mapper.onnx;

/**
 * What we need of an ONNX {@code ModelProto}.
 *
 * @param opset version of the default operator set; 0 if the file names none
 * @param graph the main graph
 */
record OnnxModel(long opset, OnnxGraph graph) {
}
