package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axongrid.cli.conform.LifNetwork.Layer;
import org.axongrid.cli.conform.LifNetwork.Link;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.WeightQuantiser;

/**
 * Replays one case. Each case runs on cores as full as they can be, with one worker and with two, and once more cut over cores of at most 37
 * compartments with population axons; every integer of every step has to be the same. Where the case says that other peers agreed, their
 * arithmetic is run as well.
 */
final class CaseReplay {
    /** A prime, so that cuts fall nowhere in particular. */
    private static final int NARROW = 37;
    private static final int NARROW_ATOMS = 5;
    private static final Set<String> NETWORKS = Set.of("lif_impulse", "lif_bias", "lif_random", "lif_overflow", "lif_overflow_quirk",
        "lif_saturate", "lif_reset", "lif_delay", "lif_delay_beyond24bit", "if_random", "delays", "net", "recurrent", "conv_net");

    private final VectorCase c;
    private final ChipSpec chip = ChipSpecs.preset("loihi");
    private LifNetwork net;
    private final List<Expectation> expectations = new ArrayList<>();

    private CaseReplay(VectorCase c) {
        this.c = c;
    }

    /**
     * @param c a case of native neurons
     * @throws CaseFailure           for the first difference
     * @throws InvalidInputException if the case cannot be run
     */
    static void run(VectorCase c) {
        new CaseReplay(c).run();
    }

    private void run() {
        Arithmetic arithmetic = arithmetic(c.peer());
        if (NETWORKS.contains(c.kind())) {
            net = NetworkReader.read(c, arithmetic);
            for (Layer layer : net.layers()) {
                expectations.add(Expectation.of(c, layer.name(), layer.size()));
            }
        } else if (c.kind().equals("conv")) {
            convolution(arithmetic);
        } else if (c.kind().equals("weight_quant")) {
            weights(arithmetic);
        } else {
            throw c.error("unknown kind '" + VectorLines.shortened(c.kind()) + "'");
        }
        if (expectations.stream().mapToLong(Expectation::size).sum() == 0) {
            throw c.error("nothing to compare");
        }
        requireKnownLayers();
        replayAll();
    }

    private Arithmetic arithmetic(String peer) {
        return Arithmetic.of(peer).orElseThrow(() -> c.error("unknown peer '" + VectorLines.shortened(peer) + "'"));
    }

    private void replayAll() {
        Replay.Input input = Replay.input(c, net);
        ChipImage wide = image(net, Integer.MAX_VALUE, 1);
        long one = Replay.run(net, wide, input, expectations, 1);
        requireSame(one, "two threads", wide, net, input, 2);
        requireSame(one, "cores of " + NARROW, image(net, NARROW, NARROW_ATOMS), net, input, 2);
        for (String peer : c.agree()) {
            if (!peer.equals(c.peer())) {
                LifNetwork other = net.with(arithmetic(peer));
                requireSame(one, "arithmetic of " + peer, image(other, Integer.MAX_VALUE, 1), other, input, 1);
            }
        }
    }

    private void requireSame(long expected, String variant, ChipImage image, LifNetwork network, Replay.Input input, int workers) {
        try {
            if (Replay.run(network, image, input, expectations, workers) != expected) {
                throw new CaseFailure("what the file holds is met, but other values differ from the first run");
            }
        } catch (CaseFailure e) {
            throw new CaseFailure("with " + variant + ": " + e.getMessage());
        }
    }

    private ChipImage image(LifNetwork network, int most, int atoms) {
        try {
            return CaseMapper.map(network, chip, most, atoms);
        } catch (IllegalArgumentException e) {
            // A mantissa that its format cannot hold.
            throw c.error(e.getMessage());
        }
    }

    private void convolution(Arithmetic arithmetic) {
        Convolution.Shape in = Convolution.shape(c, "in_shape_WHC");
        Convolution.Shape out = Convolution.shape(c, "out_shape_WHC");
        Layer layer = memoryless("a", out.size());
        net = new LifNetwork(c.id(), arithmetic, c.integer("T", 1, 10_000), in.size(), List.of(layer),
            List.of(Convolution.link(c, "", in, out, LifNetwork.INPUT, 0)));
        Expectation e = new Expectation("a", out.size());
        e.values(c, "act", c.timed("act", "a"));
        expectations.add(e);
    }

    /** A table of weights: one source, a target per weight, read as the targets' currents after one spike. */
    private void weights(Arithmetic arithmetic) {
        int[] mantissas = c.integers("mant");
        SignMode signs = SignMode.values()[c.integer("sign", 1, 3) - 1];
        int bits = c.integer("wbits", 1, 8);
        int exponent = c.integer("wexp", -8, 7);
        int[] stored = Arrays.stream(mantissas).map(m -> WeightQuantiser.of(arithmetic).stored(m, signs, bits, exponent)).toArray();
        if (c.has("stored")) {
            int[] expected = c.integers("stored");
            int at = Arrays.mismatch(expected, stored);
            if (at >= 0) {
                throw new CaseFailure("stored mantissa " + at + (at < Math.min(expected.length, stored.length) ? ": expected " + expected[at]
                    + ", got " + stored[at] : ": there are " + expected.length + ", expected " + stored.length));
            }
        }
        net = new LifNetwork(c.id(), arithmetic, 1, 1, List.of(memoryless("weight", stored.length)), List.of(new Link("table",
            LifNetwork.INPUT, 0, signs, bits == 7 ? 8 : bits, exponent, new int[][] {stored}, null, 0)));
        c.timed("in", "in", 1, new int[] {0});
        Expectation e = new Expectation("weight", stored.length);
        for (Map.Entry<String, String> table : Map.of("eff", "u", "act", "act").entrySet()) {
            if (c.has(table.getKey())) {
                e.values(c, table.getValue(), Map.of(1, c.integers(table.getKey())));
            }
        }
        expectations.add(e);
    }

    /** Neurons that keep nothing and never spike: their current is what reached them in the step. */
    private static Layer memoryless(String name, int size) {
        NeuronProfile[] profiles = new NeuronProfile[size];
        Arrays.fill(profiles, new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, -NetworkReader.V_LIMIT, NetworkReader.V_LIMIT, 0,
            1));
        return new Layer(name, profiles, new int[size], false, 0, 0);
    }

    /** A record of something that the case does not have would be skipped in silence. */
    private void requireKnownLayers() {
        for (String key : c.timedKeys()) {
            String tag = key.substring(0, key.indexOf(','));
            String population = key.substring(key.indexOf(',') + 1);
            boolean act = c.kind().equals("conv");
            boolean known = tag.equals("in") ? population.equals("in") && net.inputs() > 0
                : net.layers().stream().anyMatch(l -> l.name().equals(population))
                && (act ? tag.equals("act") : Set.of("u", "v", "s", "crc_u", "crc_v", "gin").contains(tag));
            if (!known) {
                throw c.error("records '" + tag + "' of '" + VectorLines.shortened(population) + "' are not part of a case of kind " + c.kind());
            }
            for (int step : c.timed(tag, population).keySet()) {
                if (step > net.steps()) {
                    throw c.error("a record '" + tag + "' of step " + step + ", the case has " + net.steps());
                }
            }
        }
    }
}
