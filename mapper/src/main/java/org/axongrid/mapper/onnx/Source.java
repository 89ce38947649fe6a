package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Shape;

import java.util.List;

/** A population under construction. */
final class Source {
    private final String name;
    private Shape shape;
    private boolean used;
    private final Activation activation;
    private final double[] bias;
    private final List<Term> terms;

    Source(String name, Shape shape, Activation activation, double[] bias, List<Term> terms) {
        this.name = name;
        this.shape = shape;
        this.activation = activation;
        this.bias = bias;
        this.terms = terms;
    }

    String name() {
        return name;
    }

    Shape shape() {
        used = true;
        return shape;
    }

    /**
     * For the input only: as long as nothing has looked at the shape, a leading reshape says what a flat input means.
     *
     * @return whether the shape was taken
     */
    boolean reshape(Shape newShape) {
        if (!used && isInput()) {
            shape = newShape;
            return true;
        }
        return false;
    }

    Activation activation() {
        return activation;
    }

    double[] bias() {
        return bias;
    }

    List<Term> terms() {
        return terms;
    }

    boolean isInput() {
        return activation.kind() == Activation.Kind.INPUT;
    }
}
