package org.axongrid.mapper.onnx;

/**
 * One attribute of a node; only the field that the node's operation defines is set.
 *
 * @param name   attribute name
 * @param f      float value
 * @param i      integer value
 * @param s      string value
 * @param tensor tensor value or null
 * @param floats float list
 * @param ints   integer list
 */
record OnnxAttribute(String name, float f, long i, String s, OnnxTensor tensor, float[] floats, long[] ints) {
}
