package org.axongrid.mapper.netx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.hdf.HdfReader;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.onnx.GraphBuilder;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Reads {@code network.net} files: a chain of input, dense, convolution and flatten layers with CUBA (Loihi) neurons. Everything is in the chip's
 * integers: {@code v' = v (4096 - vDecay) / 4096 + u'}, {@code u' = u (4096 - iDecay) / 4096 + sum of weights}, a spike where v is above
 * {@code vThMant} in units of the weights, and then v = 0 (project reference on formats, section 3).
 *
 * <p>A network without an input layer takes spikes. Convolutions are read as the training has them, as cross-correlations; no sample file has one. What
 * netx itself cannot load (pooling, transposed convolutions, averages, concatenations) and recurrent layers are refused, all in one message.
 */
public final class NetxImporter {
    /** Stands for a conversion method: neurons are what the file says. */
    public static final String METHOD = "netx";
    private static final Set<String> KNOWN = Set.of("input", "dense", "conv", "flatten");
    private static final Set<String> NEURONS = Set.of("CUBA", "LOIHI");

    private final String name;
    private final List<NetxLayer> layers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private NetxImporter(String name) {
        this.name = name;
    }

    /**
     * @param path   a netx file
     * @param events whether the input sends spikes; {@code null} for what the file has
     * @return the network; its numbers are integers
     * @throws InvalidInputException if the file is damaged or holds what does not run here; the message names the file and all layers
     */
    public static SpikingModel read(Path path, Boolean events) {
        HdfGroup root = HdfReader.read(path);
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        try {
            return new NetxImporter(name.replaceFirst("(?i)\\.net$", "")).of(root, events);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(name + ": " + e.getMessage(), e);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new InvalidInputException(name + ": impossible extents: " + e.getMessage(), e);
        }
    }

    /**
     * @param path a netx file
     * @return its layers as text
     * @throws InvalidInputException as {@link #read}
     */
    public static List<String> describe(Path path) {
        SpikingModel model = read(path, null);
        List<String> lines = new ArrayList<>();
        Network network = model.spiking().network();
        lines.add("netx network, " + (network.populations().size() - 1) + " layers with the readout, input " + network.input().shape()
            + (network.eventInput() ? " of spikes" : " of values"));
        for (int p = 1; p < network.populations().size(); p++) {
            NeuronRule rule = model.spiking().rules().get(p);
            double[] theta = model.spiking().theta()[p];
            lines.add("  " + network.populations().get(p).name() + "  " + network.populations().get(p).shape()
                + (rule.dynamics() == null ? "  counts spikes" : "  iDecay " + rule.dynamics().currentDecay() + ", vDecay " + rule.dynamics().voltageDecay()
                + ", vThMant " + (long) theta[0] + ", refDelay " + rule.dynamics().refractory()));
        }
        model.notes().forEach(n -> lines.add("note: " + n));
        return lines;
    }

    private SpikingModel of(HdfGroup root, Boolean events) {
        HdfGroup group = root.group("layer");
        if (group == null || group.entries().isEmpty()) {
            throw new InvalidInputException("no netx network: the group /layer is " + (group == null ? "missing" : "empty")
                + (root.group("node") == null ? "" : "; it looks like NIR"));
        }
        TreeMap<Integer, HdfEntry> numbered = new TreeMap<>();
        group.entries().forEach((key, entry) -> {
            if (key.matches("\\d{1,6}")) {
                numbered.put(Integer.parseInt(key), entry);
            } else {
                problems.add("/layer/" + clean(key) + " is no numbered layer");
            }
        });
        int expected = 0;
        for (var e : numbered.entrySet()) {
            if (e.getKey() != expected++ || !(e.getValue() instanceof HdfGroup)) {
                problems.add("/layer/" + e.getKey() + ": layers are groups, numbered from 0 without gaps");
                break;
            }
            layer(e.getKey(), (HdfGroup) e.getValue());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("; ", problems.subList(0, Math.min(20, problems.size())))
                + (problems.size() > 20 ? "; and " + (problems.size() - 20) + " more" : ""));
        }
        return network(events);
    }

    private void layer(int number, HdfGroup group) {
        String at = "/layer/" + number;
        try {
            String type = NetxLayer.word(at, group, "type");
            if (!KNOWN.contains(type)) {
                problems.add(at + ": " + clean(type) + (type.equals("dense_rec") ? " layers are recurrent; feed-forward networks are supported"
                    : " layers are not supported (" + "input, dense, conv and flatten are)"));
                return;
            }
            if (type.equals("input") && number > 0) {
                problems.add(at + ": an input layer that is not the first");
                return;
            }
            NetxLayer layer = NetxLayer.of(at, type, group);
            if (layer.neuron() != null && !NEURONS.contains(layer.neuron())) {
                problems.add(at + ": neurons of the type " + clean(layer.neuron()) + " are not supported (CUBA and LOIHI are)");
            }
            layers.add(layer);
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
        }
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(80, text.length()));
    }

    private SpikingModel network(Boolean events) {
        boolean analog = layers.get(0).type().equals("input");
        if (events != null && events == analog && analog) {
            throw new InvalidInputException("its input layer turns values into spikes; events cannot go there");
        }
        if (Boolean.FALSE.equals(events) && !analog) {
            throw new InvalidInputException("it has no input layer and takes spikes: data of events is needed (.zip, .csv or a folder of recordings)");
        }
        int[] shape = layers.get(0).input();
        GraphBuilder builder = new GraphBuilder("input", shape);
        String at = "input";
        for (int i = 0; i < layers.size(); i++) {
            at = layers.get(i).add(builder, i, at);
        }
        Network linear = builder.build(name, at, notes);
        int n = linear.populations().size();
        List<NetxLayer> spiking = layers.stream().filter(l -> l.neuron() != null).toList();
        if (spiking.isEmpty()) {
            throw new InvalidInputException("no layer has neurons");
        }
        List<NeuronRule> rules = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        double[][] theta = new double[n][];
        double[][] initialV = new double[n][];
        for (int p = 0; p < n; p++) {
            Population of = linear.populations().get(p);
            boolean neurons = p > 0 && p < n - 1;
            NetxLayer layer = neurons ? spiking.get(p - 1) : null;
            rules.add(neurons ? NeuronRule.cuba(layer.dynamics(), true) : NeuronRule.NONE);
            theta[p] = neurons ? new double[] {layer.threshold()} : null;
            initialV[p] = neurons ? new double[] {0} : null;
            populations.add(p == 0 && !analog ? new Population(of.name(), of.shape(), Activation.events(), new double[0])
                : new Population(p == n - 1 ? "output" : of.name(), of.shape(), of.activation(), of.bias()));
        }
        Network network = new Network(name, populations, linear.projections(), linear.kernels());
        return new SpikingModel(new SpikingNetwork(network, METHOD, Schedule.PLAIN, rules, theta, initialV, new double[n][], linear.kernels()), false,
            true, notes);
    }
}
