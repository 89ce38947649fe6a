package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axongrid.cli.pipeline.ChipAgainstOracle;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The first law for every conversion method: on random networks with residuals, strides, groups and pooling, mapped in three ways, what each neuron
 * sends and its potential are the oracle's in each step of each phase, by one thread and by two. Seeds count from 1.
 */
class MethodsOnChipTest {
    static final List<String> METHODS = Methods.names();
    private static final int NETWORKS = 12;
    private static final int STEPS = 6;
    private static final int CALIBRATION = 8;

    @ParameterizedTest
    @FieldSource("METHODS")
    void chipEqualsOracle(String method) {
        int ran = 0;
        for (long seed = 1; seed <= NETWORKS; seed++) {
            try {
                compare(method, seed);
                ran++;
            } catch (InvalidInputException e) {
                // Not every method can convert every network; which ones it says.
                assertTrue(e.getMessage().contains(method.replaceAll("-.*", "")) || e.getMessage().contains("layer"), e.getMessage());
            }
        }
        assertTrue(ran >= NETWORKS / 2, method + " ran on " + ran + " of " + NETWORKS + " networks");
    }

    private static void compare(String method, long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length),
            CALIBRATION, CALIBRATION, seed);
        SpikingNetwork spiking = Methods.named(method).convert(network, STEPS, calibration);
        ChipSpec chip = ChipSpecs.preset("loihi2");
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.values()[random.nextInt(3)]));
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed));
        ChipAgainstOracle oracle = new ChipAgainstOracle(net, biases, STEPS);
        for (int i = 0; i < 3; i++) {
            // Too short for a replay: the host prepares layer by layer.
            ChipSpec delays = seed % 3 == 0 ? chip.with(ChipParameter.AXON_DELAY_MAX, 3) : chip;
            ChipSpec cores = i == 0 ? delays : delays.with(ChipParameter.COMPARTMENTS, 12 + random.nextInt(60)).with(ChipParameter.MESH_WIDTH, 2)
                .with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(2));
            ChipImage image = Mapper.map(net, cores, new Mapper.Options(PositionOrder.values()[i], Placer.values()[i], seed, 1152)).image();
            assertTrue(ChipImageValidator.problems(image).isEmpty());
            for (int workers = 1; workers <= 2; workers++) {
                String place = method + " on " + network.name() + ", seed " + seed + ", mapping " + i + ", " + workers + " threads: ";
                String difference = oracle.difference(image, biases, workers);
                assertNull(difference, () -> place + difference);
            }
            if (i == 0) {
                assertNotNull(oracle.difference(image, changed(biases), 1), "another input is noticed");
            }
        }
    }

    private static int[][] changed(int[][] biases) {
        List<int[]> all = new ArrayList<>();
        boolean done = false;
        for (int[] b : biases) {
            int[] copy = b == null ? null : b.clone();
            if (copy != null && !done) {
                for (int i = 0; i < copy.length; i++) {
                    copy[i] = copy[i] > 0 ? copy[i] / 2 : 400;
                }
                done = true;
            }
            all.add(copy);
        }
        return all.toArray(int[][]::new);
    }
}
