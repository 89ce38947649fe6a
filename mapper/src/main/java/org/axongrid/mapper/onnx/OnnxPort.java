package org.axongrid.mapper.onnx;

/**
 * A declared input or output of a graph.
 *
 * @param name     tensor name
 * @param dims     extents, -1 where the file leaves one open; null if the file gives no shape
 * @param elemType ONNX element type, 0 if not given
 */
record OnnxPort(String name, long[] dims, int elemType) {
}
