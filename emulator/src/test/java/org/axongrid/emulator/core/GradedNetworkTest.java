package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageCodec;
import org.axongrid.isa.image.ChipImageValidator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random recurrent networks of programmed neurons with graded spikes, several accumulators, synaptic delays and factorised connections, cut over
 * cores: every state word and payload of every step is that of a plain simulation with the interpreter. The seed is the test's argument.
 */
class GradedNetworkTest {
    static List<Long> seeds() {
        return IntStream.rangeClosed(1, 60).mapToObj(i -> (long) i).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyStateWordAndPayload(long seed) throws IOException {
        GradedNetwork net = new GradedNetwork(seed);
        List<int[]> expected = net.plain();
        for (int perCore : new int[] {1000, 7, 1 + net.random.nextInt(12)}) {
            ChipImage image = net.image(perCore);
            assertEquals(List.of(), ChipImageValidator.problems(image));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ChipImageCodec.write(image, bytes);
            ChipImage read = ChipImageCodec.read(new ByteArrayInputStream(bytes.toByteArray()), bytes.size(), "image");
            for (int workers = 1; workers <= 3; workers++) {
                net.compare(read, workers, expected, "seed " + seed + ", cores of " + perCore + ", " + workers + " workers");
            }
        }
    }
}
