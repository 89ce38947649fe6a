package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;

/** Where checks report to: either the first report throws, or reports are collected up to a limit. */
final class ImageProblems {
    /** A damaged image can have a problem per synapse; nobody reads more than this. */
    private static final int MOST = 1000;

    private final String image;
    private final boolean throwing;
    private final List<String> found = new ArrayList<>();

    ImageProblems(String image, boolean throwing) {
        this.image = image;
        this.throwing = throwing;
    }

    /** Notes a problem of the image as a whole. */
    void image(String problem) {
        String message = "chip image " + image + ": " + problem;
        if (throwing) {
            throw new InvalidInputException(message);
        }
        if (found.size() < MOST) {
            found.add(message);
        }
    }

    /** Notes a problem of one core. */
    void core(int core, String problem) {
        image("core " + core + ": " + problem);
    }

    /** Notes that a core uses more than a limit. */
    void over(int core, String what, long used, long limit) {
        core(core, what + ": " + used + " used, limit " + limit + ", " + (used - limit) + " too many");
    }

    /** @return number of problems noted so far */
    int count() {
        return found.size();
    }

    /** @return whether there is no use in looking further */
    boolean full() {
        return found.size() >= MOST;
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
