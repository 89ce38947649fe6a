package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Front;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Numbers the populations that the readout depends on, and says what reaches them with projections. */
final class NetworkBuilder {
    private final List<Source> sources;
    private final Set<Source> needed = new HashSet<>();
    private final List<String> notes;
    private final Map<Source, Integer> firstChannel = new HashMap<>();
    private final List<String> tensors = new ArrayList<>();
    private Source input;

    private NetworkBuilder(List<Source> sources, List<String> notes) {
        this.sources = sources;
        this.notes = notes;
    }

    /**
     * @param name        the network's
     * @param sources     populations in topological order, the graph's input first, the readout last
     * @param interpreter which made them; {@code null} if there is no host in front of it
     * @param notes       receives what it costs to be exact at borders and who computes what
     * @return the network
     * @throws Refusal if there is none
     */
    static Network of(String name, List<Source> sources, GraphInterpreter interpreter, List<String> notes) {
        return new NetworkBuilder(sources, notes).network(name, interpreter);
    }

    private Network network(String name, GraphInterpreter interpreter) {
        need();
        Front front = front(interpreter);
        Map<Source, Integer> index = new HashMap<>();
        List<Population> populations = new ArrayList<>();
        List<Projection> projections = new ArrayList<>();
        List<double[]> kernels = new ArrayList<>();
        populations.add(new Population(sources.get(0).name(), input.shape(), Activation.input(), new double[0]));
        for (Source s : sources) {
            if (!needed.contains(s) || s.isInput()) {
                continue;
            }
            int to = populations.size();
            index.put(s, to);
            populations.add(new Population(s.name(), s.shape(), s.activation(), s.bias()));
            for (Term t : s.terms()) {
                for (Term part : plain(s, t)) {
                    Term from = part.source().isInput() ? ofInput(part) : part;
                    projections.add(from.projection(from.source() == input ? 0 : index.get(from.source()), to, s.shape()));
                    kernels.add(from.finishedKernel());
                }
            }
        }
        return new Network(name, populations, projections, kernels, front);
    }

    private void need() {
        needed.add(sources.get(sources.size() - 1));
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (needed.contains(sources.get(i))) {
                sources.get(i).terms().forEach(t -> needed.add(t.source()));
            }
        }
        if (needed.stream().noneMatch(Source::isInput)) {
            throw new Refusal("the output does not depend on the input");
        }
    }

    /** Joins what populations read of the image and of what the host made of it. */
    private Front front(GraphInterpreter interpreter) {
        List<Source> inputs = sources.stream().filter(Source::isInput).toList();
        List<Source> read = inputs.stream().filter(needed::contains).toList();
        input = read.get(0);
        if (read.size() == 1 && input == inputs.get(0)) {
            return null;
        }
        List<String> hosted = interpreter.hostedInOrder();
        int channels = 0;
        for (Source s : read) {
            firstChannel.put(s, channels);
            channels += s.shape().channels();
            int at = inputs.indexOf(s);
            tensors.add(at == 0 ? interpreter.host().input() : hosted.get(at - 1));
            if (s.shape().height() != input.shape().height() || s.shape().width() != input.shape().width()) {
                throw new Refusal("the first layers read " + tensors + ", which the host computes from the image in different sizes; they cannot be one"
                    + " input of the network");
            }
        }
        Shape shape = new Shape(channels, input.shape().height(), input.shape().width());
        input = new Source(input.name(), shape, Activation.input(), new double[0], List.of());
        HostProgram host = interpreter.host();
        HostFront front = new HostFront(inputs.get(0).shape(), host.input(), host.dims(host.input()), interpreter.batch(), host, tensors, shape);
        notes.add("in front of the network's input, " + shape + ", the host computes " + front.text());
        return front;
    }

    private Term ofInput(Term t) {
        if (firstChannel.isEmpty()) {
            return t;
        }
        boolean alone = t.source().shape().channels() == input.shape().channels();
        return new Term(input, t.pool(), alone ? t.kernel() : t.kernel().widened(firstChannel.get(t.source()), input.shape().channels()));
    }

    private List<Term> plain(Source target, Term t) {
        List<Term> parts = BorderTerms.of(t, target.shape());
        if (parts.size() > 1 && !t.source().isInput()) {
            long all = BorderTerms.synapses(parts, target.shape());
            long alike = BorderTerms.synapses(List.of(new Term(t.source(), t.pool(), t.kernel().with(t.kernel().kernel(), null))), target.shape());
            long weights = parts.stream().mapToLong(p -> p.kernel().kernel().length).sum();
            notes.add(String.format(Locale.ROOT, "layer %s: windows are cut at the border, where weights differ: %d projections from %s instead of one, with"
                + " %,d weights instead of %,d and %,d synapses instead of %,d", target.name(), parts.size(), t.source().name(), weights,
                t.kernel().kernel().length, all, alike));
        }
        return parts;
    }
}
