package org.axongrid.cli.noc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Synthetic traffic patterns on a mesh of W x H nodes; definitions as in BookSim, coordinates counted from 0. */
public enum Traffic {
    /** Any node, the sender included, with equal probability. */
    UNIFORM {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            return random.nextInt(width * height);
        }
    },
    /** (x, y) to (y, x); square meshes. */
    TRANSPOSE {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            return source % width * width + source / width;
        }
    },
    /** The complement of the node's number; meshes of a power of two nodes. */
    BITCOMP {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            return width * height - 1 - source;
        }
    },
    /** Half way around in each dimension: c to (c + ceil(k / 2) - 1) mod k. */
    TORNADO {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            int x = (source % width + (width + 1) / 2 - 1) % width;
            int y = (source / width + (height + 1) / 2 - 1) % height;
            return y * width + x;
        }
    },
    /** The next node in each dimension, around the edge. */
    NEIGHBOUR {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            return (source / width + 1) % height * width + (source % width + 1) % width;
        }
    },
    /** The mesh's centre, from everywhere. */
    HOTSPOT {
        @Override
        public int destination(int source, int width, int height, SplittableRandom random) {
            return height / 2 * width + width / 2;
        }
    };

    /** @return the node that a packet of {@code source} goes to */
    public abstract int destination(int source, int width, int height, SplittableRandom random);

    /** @return whether the pattern is defined on such a mesh */
    public boolean fits(int width, int height) {
        return switch (this) {
            case TRANSPOSE -> width == height;
            case BITCOMP -> Integer.bitCount(width * height) == 1;
            default -> true;
        };
    }

    /** @return names as on the command line */
    public static List<String> names() {
        return Arrays.stream(values()).map(t -> t.name().toLowerCase(Locale.ROOT)).toList();
    }
}
