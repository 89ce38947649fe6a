package org.axongrid.mapper.network;

/**
 * A group of neurons that share their activation.
 *
 * @param name       unique name, from the model where it has one
 * @param shape      its shape
 * @param activation what it computes
 * @param bias       current added in each step, one per channel (length {@code shape.channels()}); batch norm is folded in; empty for the
 *                   input
 */
public record Population(String name, Shape shape, Activation activation, double[] bias) {
    /** Checks the bias's length. */
    public Population {
        int wanted = activation.isInput() ? 0 : shape.channels();
        if (bias.length != wanted) {
            throw new IllegalArgumentException(name + ": " + bias.length + " biases for " + wanted + " channels");
        }
    }
}
