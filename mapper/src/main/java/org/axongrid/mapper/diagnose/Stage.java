package org.axongrid.mapper.diagnose;

/** What a network goes through on its way from training to a chip. Each stage takes on one more kind of error. */
public enum Stage {
    /** The trained network. */
    TRAINED("trained network (ANN)"),
    /** Its activations in as many levels as T steps can tell apart, every input coming evenly: quantisation and clipping. */
    LEVELS("quantised to T levels"),
    /** Spikes in real numbers: unevenness, as inputs come when they come. */
    FLOAT("float SNN"),
    /** Spikes in the chip's integers: rounding of weights, thresholds and biases, and what registers cannot hold. */
    INTEGER("integer SNN");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** @return what reports call it */
    public String title() {
        return title;
    }
}
