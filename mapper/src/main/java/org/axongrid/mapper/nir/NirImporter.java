package org.axongrid.mapper.nir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Makes a network of spiking populations of a NIR graph: stateless nodes are folded into projections, nodes with spiking neurons become populations,
 * nested graphs are put in place. A graph that ends in neurons gets a readout behind them that counts their spikes.
 */
public final class NirImporter {
    /** Stands for a conversion method: neurons are what the file says. */
    public static final String METHOD = "nir";

    private final String name;
    private final FlatGraph graph;
    private final NirOptions options;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, NirDynamics> dynamics = new TreeMap<>();
    private final NirGraph top;

    private NirImporter(String name, NirGraph graph, NirOptions options, NirShapes shapes) {
        this.name = name;
        this.options = options;
        this.top = graph;
        this.graph = new FlatGraph(graph, shapes);
    }

    /**
     * @param path    a NIR file
     * @param options what NIR leaves open
     * @param events  whether the input sends spikes; else its values stay the same in all steps
     * @return the network
     * @throws InvalidInputException if the file is damaged, or holds what does not run here: all such nodes in one message
     */
    public static SpikingModel read(Path path, NirOptions options, boolean events) {
        NirFile file = NirReader.read(path);
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        try {
            SpikingModel model = of(name.replaceFirst("(?i)\\.nir$", ""), file.graph(), options, events);
            List<String> notes = new ArrayList<>(file.notes());
            notes.addAll(model.notes());
            return new SpikingModel(model.spiking(), model.rateCoded(), model.whole(), notes);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(name + ": " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new InvalidInputException(name + ": the network needs more memory than the JVM has; raise it with -Xmx", e);
        }
    }

    /**
     * @param name    the network's name
     * @param graph   a graph
     * @param options what NIR leaves open
     * @param events  whether the input sends spikes
     * @return the network
     * @throws InvalidInputException if the graph holds what does not run here
     */
    public static SpikingModel of(String name, NirGraph graph, NirOptions options, boolean events) {
        NirShapes shapes = NirShapes.of(graph);
        NirImporter importer = new NirImporter(name, graph, options, shapes);
        importer.notes.addAll(shapes.warnings());
        return importer.model(events);
    }

    private SpikingModel model(boolean events) {
        List<String> problems = new ArrayList<>();
        unsupported(problems);
        double dt = 1;
        try {
            dt = NirDynamics.step(graph.nodes(), top.metadata(), options, notes);
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
        }
        for (Map.Entry<String, NirNode> e : graph.nodes().entrySet()) {
            if (e.getValue().type().spikes()) {
                try {
                    dynamics.put(e.getKey(), NirDynamics.of(e.getKey(), e.getValue(), graph.shape(e.getKey())[0], options, dt, notes));
                } catch (InvalidInputException x) {
                    problems.add(x.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(NirReader.listed(problems));
        }
        NirOperations operations = new NirOperations(graph);
        Network linear = operations.network(name, notes);
        return spiking(linear, operations.pathOf(), events);
    }

    private void unsupported(List<String> problems) {
        if (graph.ports(NirType.INPUT).size() != 1 || graph.ports(NirType.OUTPUT).size() != 1) {
            problems.add(graph.ports(NirType.INPUT).size() + " Input and " + graph.ports(NirType.OUTPUT).size() + " Output nodes, one of each is"
                + " supported");
        }
        graph.nodes().forEach((path, node) -> {
            String at = node.type().fileName() + " '" + NirReader.clean(path) + "'";
            if (node.type().isNeuron() && !node.type().spikes()) {
                problems.add(at + ": a state that is sent on without spikes; only spiking neurons are supported");
            } else if (node.type() == NirType.DELAY && Arrays.stream(node.field("delay").reals()).anyMatch(d -> d != 0)) {
                problems.add(at + ": delays are not supported");
            }
        });
        if (!graph.cyclic().isEmpty()) {
            problems.add("recurrent connections through " + String.join(", ", graph.cyclic().stream().map(NirReader::clean).limit(20).toList())
                + "; feed-forward networks are supported");
        }
        if (graph.duplicates()) {
            notes.add("edges that the file has twice count once");
        }
    }

    /** Gives the populations their neurons. */
    private SpikingModel spiking(Network linear, Map<String, String> pathOf, boolean events) {
        int n = linear.populations().size();
        NirDynamics[] neurons = new NirDynamics[n];
        double[] lambda = new double[n];
        double[][] theta = new double[n][];
        double[][] initialV = new double[n][];
        List<NeuronRule> rules = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        boolean rates = !events;
        for (int p = 0; p < n; p++) {
            Population of = linear.populations().get(p);
            NirDynamics d = dynamics.get(pathOf.getOrDefault(of.name(), ""));
            neurons[p] = d;
            lambda[p] = 1;
            if (p == 0) {
                populations.add(events ? new Population(unique("input", used), of.shape(), Activation.events(), new double[0])
                    : new Population(unique("input", used), of.shape(), of.activation(), of.bias()));
            } else if (d == null) {
                populations.add(new Population(unique(readoutName(of.name(), pathOf), used), of.shape(), of.activation(), of.bias()));
            } else {
                theta[p] = d.theta();
                initialV[p] = d.initialV();
                boolean rate = !d.rule().hardReset() && (d.rule().dynamics() == null || d.rule().dynamics().equals(
                    Dynamics.INTEGRATOR)) && d.theta().length == 1;
                rates &= rate;
                lambda[p] = rate ? d.theta()[0] : 1;
                populations.add(new Population(unique(pathOf.get(of.name()), used), of.shape(), activation(d, rate), biases(of.bias(), d)));
            }
            rules.add(d == null ? NeuronRule.NONE : d.rule());
        }
        List<double[]> kernels = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < linear.projections().size(); i++) {
            Projection projection = linear.projections().get(i);
            double[] kernel = gained(projection, linear.kernels().get(i), neurons[projection.target()], projection.source() == 0 && !events);
            kernels.add(kernel);
            double per = lambda[projection.source()];
            values.add(per == 1 ? kernel : Arrays.stream(kernel).map(w -> w / per).toArray());
        }
        Network network = new Network(name, populations, linear.projections(), values);
        return new SpikingModel(new SpikingNetwork(network, METHOD, Schedule.PLAIN, rules, theta, initialV, new double[n][], kernels), rates,
            isWhole(network, kernels), notes);
    }

    /** Whether the graph is a chip's integers: all neurons say what a unit is worth, and all that comes from spikes is whole. */
    private boolean isWhole(Network network, List<double[]> kernels) {
        boolean whole = !dynamics.isEmpty();
        for (String path : dynamics.keySet()) {
            whole &= graph.nodes().get(path).metadata().data("scale") != null;
        }
        for (int i = 0; i < kernels.size() && whole; i++) {
            whole = network.isAnalog(network.projections().get(i)) || Arrays.stream(kernels.get(i)).allMatch(w -> w == Math.rint(w));
        }
        return whole;
    }

    /** The readout is called after the layer that gives its current; a count of spikes after the graph's Output. */
    private String readoutName(String made, Map<String, String> pathOf) {
        return pathOf.getOrDefault(made, graph.nodes().containsKey(made) ? made : graph.ports(NirType.OUTPUT).get(0));
    }

    private static String unique(String wanted, Map<String, Integer> used) {
        String clean = NirReader.clean(wanted.isEmpty() ? "layer" : wanted);
        int times = used.merge(clean, 1, Integer::sum);
        return times == 1 ? clean : unique(clean + "_" + times, used);
    }

    private static Activation activation(NirDynamics d, boolean rate) {
        return !Double.isNaN(d.lambda()) ? Activation.qcfs(d.theta()[0], d.levels()) : rate ? Activation.clip(d.theta()[0]) : Activation.relu();
    }

    private double[] biases(double[] bias, NirDynamics d) {
        double[] out = new double[bias.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = bias[c] * d.biasGain()[c] + d.drive()[c];
            if (bias[c] != 0 && d.rule().dynamics() != null && d.rule().dynamics().currentKeep() > 0) {
                String note = "biases into CubaLIF act at once and in full, not through the synaptic current";
                if (!notes.contains(note)) {
                    notes.add(note);
                }
            }
        }
        return out;
    }

    private static double[] gained(Projection p, double[] kernel, NirDynamics d, boolean constant) {
        if (d == null) {
            return kernel;
        }
        double[] gain = constant ? d.biasGain() : d.gain();
        double[] out = new double[kernel.length];
        for (int row = 0, at = 0; at < kernel.length; row++) {
            int first = p.firstOutChannel(row % p.sourceShape().channels());
            for (int k = 0; k < p.outPerGroup(); k++, at++) {
                out[at] = kernel[at] * gain[first + k];
            }
        }
        return out;
    }
}
