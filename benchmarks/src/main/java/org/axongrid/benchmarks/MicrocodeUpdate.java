package org.axongrid.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.microcode.KernelCompiler;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronInterpreter;
import org.axongrid.isa.microcode.NeuronKernel;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a neuron update by microcode costs: the interpreter, the program compiled to a Java class, and for {@code if-soft} the same neuron as a
 * plain loop by hand. Nanoseconds per update; a core of 4,096 neurons, of which a quarter gets input in a step.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MicrocodeUpdate {
    /** Neurons of the core. */
    public static final int NEURONS = 4096;
    private static final int PATTERNS = 16;
    private static final int THRESHOLD = 1000;

    /** Library program. */
    @Param({"if-soft", "cuba-lif", "group-neuron"})
    public String program;

    private NeuronKernel interpreter;
    private NeuronKernel compiled;
    private NeuronBlock block;
    private int[][] inputs;
    private int pattern;

    /** Makes the neurons, and input patterns that branch prediction cannot learn. */
    @Setup(Level.Trial)
    public void make() {
        NeuronProgram p = NeuronPrograms.library(program);
        interpreter = new NeuronInterpreter(p);
        compiled = KernelCompiler.kernel(p);
        SplittableRandom random = new SplittableRandom(1);
        block = new NeuronBlock(new int[p.state().size()][NEURONS], null, new int[NEURONS], new int[NEURONS], new int[NEURONS], new int[NEURONS]);
        block.inputStride = NEURONS;
        block.accumulatorUnused = 8;
        block.payloadMax = 1 << 20;
        block.constants = p.constantValues(Map.of("threshold", THRESHOLD)).stream().mapToInt(i -> i).toArray();
        inputs = new int[PATTERNS][];
        for (int i = 0; i < PATTERNS; i++) {
            inputs[i] = random.ints(NEURONS, -800, 1000).map(v -> random.nextInt(4) == 0 ? v : 0).toArray();
        }
    }

    private void next() {
        pattern = (pattern + 1) % PATTERNS;
        System.arraycopy(inputs[pattern], 0, block.accumulator, 0, NEURONS);
        block.spikeCount = 0;
        block.cycles = 0;
    }

    /** Instruction by instruction. */
    @Benchmark
    @OperationsPerInvocation(NEURONS)
    public int interpreted() {
        next();
        interpreter.update(block, 0, NEURONS);
        return block.spikeCount;
    }

    /** As a Java class. */
    @Benchmark
    @OperationsPerInvocation(NEURONS)
    public int compiled() {
        next();
        compiled.update(block, 0, NEURONS);
        return block.spikeCount;
    }

    /** By hand, without counting cycles, activity and saturations; the same for all programs: {@code if-soft}. */
    @Benchmark
    @OperationsPerInvocation(NEURONS)
    public int plainLoop() {
        next();
        int[] v = block.words[0];
        int[] a = block.accumulator;
        int spikes = 0;
        for (int i = 0; i < NEURONS; i++) {
            int now = Math.max(-(1 << 23), Math.min((1 << 23) - 1, v[i] + (a[i] << 8 >> 8) + block.bias[i]));
            if (now >= THRESHOLD) {
                now -= THRESHOLD;
                block.spikes[spikes++] = i;
            }
            v[i] = now;
        }
        Arrays.fill(a, 0);
        return spikes;
    }
}
