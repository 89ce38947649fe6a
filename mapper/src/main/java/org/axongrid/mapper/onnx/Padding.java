package org.axongrid.mapper.onnx;

/**
 * Zeros around a map.
 *
 * @param top    rows above
 * @param left   columns to the left
 * @param bottom rows below
 * @param right  columns to the right
 */
record Padding(int top, int left, int bottom, int right) {
    /** No padding. */
    static final Padding NONE = new Padding(0, 0, 0, 0);

    boolean none() {
        return top == 0 && left == 0 && bottom == 0 && right == 0;
    }

    Padding plus(Padding other) {
        return new Padding(Math.addExact(top, other.top), Math.addExact(left, other.left), Math.addExact(bottom, other.bottom),
            Math.addExact(right, other.right));
    }
}
