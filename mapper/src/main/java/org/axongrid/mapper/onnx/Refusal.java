package org.axongrid.mapper.onnx;

/** A node that cannot be imported; collected, so that one message names all of them. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message node and cause */
    Refusal(String message) {
        super(message, null, false, false);
    }

    /**
     * @param node  where
     * @param cause why, and what the user can do
     */
    Refusal(OnnxNode node, String cause) {
        this(node.label() + ": " + cause);
    }
}
