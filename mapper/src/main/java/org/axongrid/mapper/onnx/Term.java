package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

import java.util.Arrays;

/**
 * One projection under construction.
 *
 * @param source population
 * @param pool   average pooling in front of the kernel
 * @param kernel weights, acting on averages: the pooling area is not divided out before {@link #finishedKernel()}
 */
record Term(Source source, Pool pool, Kernel kernel) {

    /** @return the same with every weight multiplied by its target channel's factor */
    Term scaled(double[] factor) {
        return new Term(source, pool, kernel.scaled(factor));
    }

    /** @return the same behind another pool */
    Term pooled(Pool newPool) {
        return new Term(source, newPool, kernel);
    }

    /**
     * @param next    windows over what this term gives
     * @param between the map that this term gives
     * @param target  the map that the windows give
     * @return both as one
     */
    Term then(Kernel next, Shape between, Shape target) {
        return new Term(source, pool, Chain.of(kernel, next, between, target));
    }

    /** @return rows of the map that the kernel reads */
    int height() {
        return pool.outHeight(source.shape().height());
    }

    /** @return columns of the map that the kernel reads */
    int width() {
        return pool.outWidth(source.shape().width());
    }

    /** @return whether two differ in their weights at most, so that they can be added */
    boolean fits(Term other) {
        return source == other.source && pool.equals(other.pool) && kernel.fits(other.kernel);
    }

    /** @return the finished geometry of a term without a border */
    Projection projection(int from, int to, Shape target) {
        return new Projection(from, to, source.shape(), target, pool, kernel.kernelH(), kernel.kernelW(), kernel.strideH(), kernel.strideW(),
            kernel.padTop(), kernel.padLeft(), kernel.dilationH(), kernel.dilationW(), kernel.groups());
    }

    /** @return the kernel as the network wants it, divided by the pooling area; not to be changed */
    double[] finishedKernel() {
        int area = pool.area();
        return area == 1 ? kernel.kernel() : Arrays.stream(kernel.kernel()).map(w -> w / area).toArray();
    }
}
