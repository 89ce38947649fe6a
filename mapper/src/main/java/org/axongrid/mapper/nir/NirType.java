package org.axongrid.mapper.nir;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The kinds of nodes of NIR 1.0, with the datasets that a file has for each. Field names are those of the reference implementation. */
public enum NirType {
    /** Virtual source of a graph. */
    INPUT("Input", "shape"),
    /** Virtual sink of a graph. */
    OUTPUT("Output", "shape"),
    /** {@code y = W x + b}. */
    AFFINE("Affine", "weight", "bias"),
    /** {@code y = W x}. */
    LINEAR("Linear", "weight"),
    /** {@code y = s x}, element by element. */
    SCALE("Scale", "scale"),
    /** Cross-correlation with one spatial axis. */
    CONV1D("Conv1d", "weight", "stride", "padding", "dilation", "groups", "bias", "?input_shape"),
    /** Cross-correlation with two spatial axes. */
    CONV2D("Conv2d", "weight", "stride", "padding", "dilation", "groups", "bias", "?input_shape"),
    /** Sum over windows. */
    SUM_POOL2D("SumPool2d", "kernel_size", "stride", "padding"),
    /** Mean over windows. */
    AVG_POOL2D("AvgPool2d", "kernel_size", "stride", "padding"),
    /** Axes {@code start_dim} to {@code end_dim} become one. */
    FLATTEN("Flatten", "start_dim", "end_dim", "?input_type"),
    /** {@code y(t) = x(t - delay)}, in seconds. */
    DELAY("Delay", "delay"),
    /** {@code dv/dt = R I}. */
    I("I", "r"),
    /** {@code tau dv/dt = (v_leak - v) + R I}. */
    LI("LI", "tau", "r", "v_leak"),
    /** {@code dv/dt = R I}; spike if {@code v > v_threshold}, then {@code v = v_reset}. */
    IF("IF", "r", "v_threshold", "?v_reset"),
    /** {@code tau dv/dt = (v_leak - v) + R I}; spikes as {@link #IF}. */
    LIF("LIF", "tau", "r", "v_leak", "v_threshold", "?v_reset"),
    /** {@code tau_syn dI/dt = -I + w_in S; tau_mem dv/dt = (v_leak - v) + R I}. */
    CUBA_LI("CubaLI", "tau_syn", "tau_mem", "r", "v_leak", "?w_in"),
    /** As {@link #CUBA_LI}, with spikes as {@link #IF}. */
    CUBA_LIF("CubaLIF", "tau_syn", "tau_mem", "r", "v_leak", "v_threshold", "?v_reset", "?w_in"),
    /** 1 where {@code x > threshold}, else 0. */
    THRESHOLD("Threshold", "threshold"),
    /** A graph of its own; its Input and Output are the ports. */
    GRAPH("NIRGraph");

    private final String fileName;
    private final List<String> required;
    private final Set<String> fields;

    NirType(String fileName, String... fields) {
        this.fileName = fileName;
        this.required = Arrays.stream(fields).filter(f -> !f.startsWith("?")).toList();
        this.fields = new LinkedHashSet<>(Arrays.stream(fields).map(f -> f.replace("?", "")).toList());
    }

    /** @return the name in files */
    public String fileName() {
        return fileName;
    }

    /** @return fields that a file must have */
    public List<String> required() {
        return required;
    }

    /** @return all fields that a file may have */
    public Set<String> fields() {
        return Collections.unmodifiableSet(fields);
    }

    /** @return whether the node has a state of its own in time, or decides about spikes */
    public boolean isNeuron() {
        return switch (this) {
            case I, LI, IF, LIF, CUBA_LI, CUBA_LIF, THRESHOLD -> true;
            default -> false;
        };
    }

    /** @return whether the node sends spikes */
    public boolean spikes() {
        return this == IF || this == LIF || this == CUBA_LIF || this == THRESHOLD;
    }

    /** @return the type of that name in files, null if there is none */
    public static NirType of(String fileName) {
        return Arrays.stream(values()).filter(t -> t.fileName.equals(fileName)).findFirst().orElse(null);
    }
}
