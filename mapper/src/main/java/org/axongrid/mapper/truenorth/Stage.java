package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.List;

/** Gates that do the same for one population in the same tick; a core holds gates of one stage. */
final class Stage {
    /** What gates are for. */
    enum Role {
        /** Neurons of the network. */
        NEURON(""),
        /** Hand on what an analog neuron sends, to as many destinations as it needs. */
        RELAY(".relay"),
        /** Compare partial sums with multiples of a step. */
        COARSE(".coarse"),
        /** Compare what is left of partial sums. */
        FINE(".fine"),
        /** Compare currents of the readout and drive output pins. */
        READOUT(""),
        /** Fire in every tick from the start of a layer on: sources of its biases. */
        CLOCK(".clock");

        final String suffix;

        Role(String suffix) {
            this.suffix = suffix;
        }
    }

    final Role role;
    final int population;
    final String name;
    /** Ticks after those of the first layer. */
    final int depth;
    final List<Gate> gates = new ArrayList<>();

    Stage(Role role, int population, String layer, int depth) {
        this.role = role;
        this.population = population;
        this.name = layer + role.suffix;
        this.depth = depth;
    }
}
