package org.axongrid.mapper.neuron;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.axongrid.isa.microcode.NeuronProgram;

/**
 * The program of one population.
 *
 * @param program   what its neurons run
 * @param constants by channel: the constants that follow from the network
 * @param states    by name of a state word: its initial value by neuron; what is left out starts as the program says
 */
record RuleProgram(NeuronProgram program, IntFunction<Map<String, Integer>> constants, Map<String, IntUnaryOperator> states) {
    int initial(int word, int neuron) {
        IntUnaryOperator value = states.get(program.state().get(word).name());
        return value == null ? program.state().get(word).initial() : value.applyAsInt(neuron);
    }
}
