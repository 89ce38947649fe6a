package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Says a spiking network as NIR: in steps of 1 s, with r such that a spike's weight is added once. What NIR has no field for is in a node's metadata:
 * {@code reset} (subtract or zero), {@code v_init}, {@code fires_at} ({@code >=}, or NIR's own {@code >}), {@code dt}, of integers {@code scale}, what a
 * unit is worth, and of real QCFS layers {@code qcfs_lambda} and {@code qcfs_L}. {@link NirImporter} reads all of them.
 */
public final class NirExporter {
    private static final double STEP = 1;

    private final SpikingNetwork spiking;
    private final Network network;
    private final double[][] scale;
    private final Map<String, NirNode> nodes = new TreeMap<>();
    private final List<NirGraph.Edge> edges = new ArrayList<>();
    private final String[] sender;

    private NirExporter(SpikingNetwork spiking, double[][] scale) {
        this.spiking = spiking;
        this.network = spiking.network();
        this.scale = scale;
        this.sender = new String[network.populations().size()];
    }

    /**
     * @param spiking a converted network
     * @return it as NIR, in real numbers
     * @throws InvalidInputException if NIR has no word for it: phases, graded or signed spikes, max pooling, refractory periods, padding of one side
     */
    public static NirGraph of(SpikingNetwork spiking) {
        return new NirExporter(spiking, null).graph();
    }

    /**
     * @param spiking   a converted network
     * @param quantised the same in integers
     * @return the integers as NIR; where the analog input enters, weights are real numbers in units of the layer, since it is currents that are rounded
     * @throws InvalidInputException as {@link #of(SpikingNetwork)}
     */
    public static NirGraph of(SpikingNetwork spiking, QuantisedNetwork quantised) {
        return new NirExporter(IntegerUnits.of(spiking, quantised), quantised.scale()).graph();
    }

    private NirGraph graph() {
        refuse();
        sender[0] = add("input", NirNode.of(NirType.INPUT, Map.of("shape", HdfData.vector(extents(network.input().shape())))));
        int readout = network.populations().size() - 1;
        for (int p = 1; p <= readout; p++) {
            Population of = network.populations().get(p);
            int[] into = network.into(p);
            boolean counts = p == readout && into.length == 1 && countsSpikes(into[0]);
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < into.length && !counts; i++) {
                String name = clean(of.name()) + (p == readout && into.length == 1 ? "" : into.length == 1 ? ".in" : ".in" + (i + 1));
                parts.add(new NirProjection(this, network.projections().get(into[i]), spiking.kernels().get(into[i]),
                    i == 0 ? of.bias() : new double[of.bias().length], name).add(sender[network.projections().get(into[i]).source()]));
            }
            if (p < readout) {
                sender[p] = add(clean(of.name()), neurons(p));
                for (String part : parts) {
                    connect(part, sender[p]);
                }
            } else {
                String output = add("output", NirNode.of(NirType.OUTPUT, Map.of("shape", HdfData.vector(extents(of.shape())))));
                (counts ? List.of(sender[network.projections().get(into[0]).source()]) : parts).forEach(part -> connect(part, output));
            }
        }
        return NirGraph.of(nodes, edges);
    }

    /** A readout that counts the spikes of neurons is what an Output behind neurons means anyway. */
    private boolean countsSpikes(int projection) {
        Projection p = network.projections().get(projection);
        return p.source() > 0 && p.equals(Projection.identity(p.source(), p.target(), p.sourceShape()))
            && Arrays.stream(spiking.kernels().get(projection)).allMatch(w -> w == 1) && Arrays.stream(network.readout().bias()).allMatch(b -> b == 0);
    }

    private void refuse() {
        List<String> problems = new ArrayList<>();
        if (!spiking.schedule().equals(Schedule.PLAIN)) {
            problems.add("method " + spiking.method() + " has phases");
        }
        for (int p = 1; p < network.populations().size() - 1; p++) {
            NeuronRule rule = spiking.rules().get(p);
            String at = "layer " + network.populations().get(p).name() + " ";
            if (rule.kind() == NeuronRule.Kind.MAX_POOL) {
                problems.add(at + "pools maxima");
            } else if (!rule.binary() || spiking.payload()[p] != null) {
                problems.add(at + "sends more than single spikes");
            } else if (rule.hardReset() && rule.kind() == NeuronRule.Kind.THRESHOLD) {
                problems.add(at + "resets to 0 when it reaches its threshold, where NIR has to pass it");
            } else if (rule.dynamics() != null && rule.dynamics().refractory() > 1) {
                problems.add(at + "has a refractory period");
            } else if (rule.dynamics() != null && rule.dynamics().currentKeep() > 0
                && (rule.dynamics().voltageKeep() == 1 || rule.dynamics().voltageKeep() == 0 || rule.dynamics().currentKeep() == 1)) {
                problems.add(at + "keeps a current without a leak of both");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException("NIR cannot say this network: " + NirReader.listed(problems));
        }
    }

    /** Adds a node under a name that is free. @return the name */
    String add(String wanted, NirNode node) {
        String name = wanted;
        for (int i = 2; nodes.containsKey(name); i++) {
            name = wanted + "_" + i;
        }
        nodes.put(name, node);
        return name;
    }

    /** Adds an edge. */
    void connect(String from, String to) {
        edges.add(new NirGraph.Edge(from, to));
    }

    private static String clean(String name) {
        String clean = name.replace('/', '_');
        return clean.isEmpty() || clean.equals(".") ? "layer" : clean;
    }

    /** @return a population's extents: one, or channels, rows and columns */
    static long[] extents(Shape shape) {
        return shape.positions() == 1 ? new long[] {shape.channels()} : new long[] {shape.channels(), shape.height(), shape.width()};
    }

    private NirNode neurons(int p) {
        Shape shape = network.populations().get(p).shape();
        NeuronRule rule = spiking.rules().get(p);
        Dynamics d = rule.dynamics() == null ? Dynamics.INTEGRATOR : rule.dynamics();
        Map<String, HdfData> fields = new HashMap<>();
        HdfData theta = map(shape, spiking.theta()[p]);
        if (d.voltageKeep() == 0 && d.currentKeep() == 0) {
            fields.put("threshold", theta);
            return NirNode.of(NirType.THRESHOLD, fields);
        }
        fields.put("v_threshold", theta);
        fields.put("v_reset", map(shape, 0));
        double lost = 1 - d.voltageKeep();
        fields.put("r", map(shape, lost == 0 ? 1 / STEP : 1 / lost));
        NirType type = NirType.IF;
        if (lost > 0) {
            boolean current = d.currentKeep() > 0;
            type = current ? NirType.CUBA_LIF : NirType.LIF;
            fields.put("v_leak", map(shape, 0));
            fields.put(current ? "tau_mem" : "tau", map(shape, -STEP / Math.log(d.voltageKeep())));
            if (current) {
                fields.put("tau_syn", map(shape, -STEP / Math.log(d.currentKeep())));
                fields.put("w_in", map(shape, 1 / (1 - d.currentKeep())));
            }
        }
        return NirNode.of(type, fields, metadata(p, shape, rule));
    }

    private HdfGroup metadata(int p, Shape shape, NeuronRule rule) {
        Map<String, HdfData> metadata = new HashMap<>();
        metadata.put("reset", HdfData.text(rule.hardReset() ? "zero" : "subtract"));
        metadata.put("fires_at", HdfData.text(rule.kind() == NeuronRule.Kind.THRESHOLD ? ">=" : ">"));
        metadata.put("v_init", map(shape, spiking.initialV()[p]));
        metadata.put("dt", HdfData.scalar(STEP));
        if (scale != null) {
            metadata.put("scale", map(shape, scale[p]));
        }
        Activation activation = network.populations().get(p).activation();
        if (scale == null && activation.kind() == Activation.Kind.QCFS) {
            metadata.put("qcfs_lambda", HdfData.scalar(activation.lambda()));
            metadata.put("qcfs_L", HdfData.integer(activation.levels()));
        }
        return HdfGroup.of(metadata);
    }

    /** What a bias has to be so that a neuron gets it whole: synaptic currents would add it up. */
    double[] bias(int target, double[] bias) {
        NeuronRule rule = spiking.rules().get(target);
        double part = rule.dynamics() == null ? 1 : 1 - rule.dynamics().currentKeep();
        return part == 1 ? bias : Arrays.stream(bias).map(b -> b * part).toArray();
    }

    /** A value for each neuron, channels first: of values by channel, or by neuron in our order. */
    static HdfData map(Shape shape, double... values) {
        double[] out = new double[shape.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[shape.fromChannelsFirst(i) % values.length];
        }
        return numbers(Arrays.stream(extents(shape)).mapToInt(Math::toIntExact).toArray(), out);
    }

    /** @return single precision where that loses nothing */
    static HdfData numbers(int[] dims, double[] values) {
        float[] narrow = new float[values.length];
        boolean exact = true;
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
            exact &= narrow[i] == values[i];
        }
        return HdfData.of(dims, exact ? narrow : values);
    }

    /** @return whether a projection has its source's maps pooled */
    static boolean pooled(Projection p) {
        return !p.pool().equals(Pool.NONE);
    }
}
