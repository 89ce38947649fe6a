package org.axongrid.mapper.onnx;

import java.util.List;
import java.util.Map;

/**
 * One operation of a graph.
 *
 * @param name       may be empty
 * @param op         operation, such as {@code Conv}
 * @param domain     operator set, empty for the default one
 * @param inputs     tensor names; empty where an optional input is left out
 * @param outputs    tensor names
 * @param attributes by name
 */
record OnnxNode(String name, String op, String domain, List<String> inputs, List<String> outputs, Map<String, OnnxAttribute> attributes) {

    /** @return operation and name for messages; a node without a name goes by its first output */
    String label() {
        String id = name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
        return (op.isEmpty() ? "node" : Text.clean(op, 40)) + " " + Text.quote(id);
    }

    /** @return the name of input {@code index}, empty if it is left out */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** @return the attribute or the default */
    long integer(String attribute, long otherwise) {
        OnnxAttribute a = attributes.get(attribute);
        return a == null ? otherwise : a.i();
    }

    /** @return the attribute or the default */
    double real(String attribute, double otherwise) {
        OnnxAttribute a = attributes.get(attribute);
        return a == null ? otherwise : a.f();
    }

    /** @return the attribute or the default */
    String string(String attribute, String otherwise) {
        OnnxAttribute a = attributes.get(attribute);
        return a == null ? otherwise : a.s();
    }

    /** @return the list, null if the attribute is absent */
    long[] integers(String attribute) {
        OnnxAttribute a = attributes.get(attribute);
        return a == null ? null : a.ints();
    }
}
