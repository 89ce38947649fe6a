/**
 * Reads ONNX models (QCFS networks) as {@link org.axongrid.mapper.network.Network}s.
 *
 * <p>Two layers: a reader of the protobuf wire format without generated code ({@code OnnxWireReader}), and an interpreter of the graph
 * ({@code GraphInterpreter}) that carries every tensor as what it means for the network - a constant, a reading of populations, a weighted
 * sum, an activation in the making - so that it depends on the operations and not on any exporter's names or order.
 */
package org.axongrid.mapper.onnx;
