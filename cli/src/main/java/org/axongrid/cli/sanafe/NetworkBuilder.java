package org.axongrid.cli.sanafe;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.emulator.sanafe.SanafeNetwork;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/** Puts a network on a chip: neurons in the order in which the cores visit them, synapses by source and destination core. */
final class NetworkBuilder {
    private final NetworkDraft draft;
    private final SanafeChip chip;
    private final SanafeNetwork net;
    /** Number of the first core of each tile. */
    private final int[] firstCore;
    /** By neuron of the draft: where it went. */
    private final int[] place;

    private NetworkBuilder(NetworkDraft draft, SanafeChip chip) {
        this.draft = draft;
        this.chip = chip;
        net = new SanafeNetwork(draft.names.size());
        place = new int[draft.names.size()];
        firstCore = new int[chip.tiles().size()];
        for (int t = 1; t < firstCore.length; t++) {
            firstCore[t] = firstCore[t - 1] + chip.tiles().get(t - 1).cores().size();
        }
    }

    static SanafeNetwork build(NetworkDraft draft, SanafeChip chip, String file) {
        NetworkBuilder b = new NetworkBuilder(draft, chip);
        b.neurons(file);
        b.synapses();
        b.net.notes = List.copyOf(draft.notes);
        return b.net;
    }

    private void neurons(String file) {
        List<NetworkDraft.Mapping> mappings = draft.mappings;
        Arrays.fill(place, -1);
        long[] order = new long[mappings.size()];
        for (int i = 0; i < order.length; i++) {
            NetworkDraft.Mapping m = mappings.get(i);
            if (m.tile() >= firstCore.length || m.core() >= chip.tiles().get(m.tile()).cores().size()) {
                throw m.at().error("core: the chip has no core " + m.tile() + "." + m.core());
            }
            if (place[m.neuron()] != -1) {
                throw m.at().error("neuron " + draft.names.get(m.neuron()) + " is mapped twice");
            }
            place[m.neuron()] = i;
            order[i] = (long) (firstCore[m.tile()] + m.core()) << 32 | i;
        }
        for (int n = 0; n < place.length; n++) {
            if (place[n] < 0) {
                throw new InvalidInputException(file + ": neuron " + Node.shown(draft.names.get(n)) + " is not mapped to a core");
            }
        }
        Arrays.sort(order);
        int inCore = 0;
        for (int n = 0; n < order.length; n++) {
            NetworkDraft.Mapping m = mappings.get((int) order[n]);
            SanafeChip.Core core = chip.tiles().get(m.tile()).cores().get(m.core());
            net.core[n] = (int) (order[n] >> 32);
            inCore = n > 0 && net.core[n] == net.core[n - 1] ? inCore + 1 : 1;
            if (inCore > core.maxNeurons()) {
                throw m.at().error("core " + m.tile() + "." + m.core() + " takes " + core.maxNeurons() + " neurons (max_neurons_supported)");
            }
            place[m.neuron()] = n;
            net.fileOrder[m.neuron()] = n;
            net.name[n] = draft.names.get(m.neuron());
            neuron(n, draft.attributes.get(m.neuron()), m, core);
        }
    }

    private void neuron(int n, Map<String, Node> a, NetworkDraft.Mapping m, SanafeChip.Core core) {
        net.soma[n] = unit(core.somas(), SanafeChip.Soma::name, m.soma() == null ? a.get("soma_hw_name") : m.soma(), "soma");
        net.dendrite[n] = unit(core.dendrites(), SanafeChip.Dendrite::name, a.get("dendrite_hw_name"), "dendrite");
        net.synapse[n] = unit(core.synapses(), SanafeChip.Synapse::name, a.get("synapse_hw_name"), "synapse");
        boolean input = net.soma[n].model() == SanafeChip.SomaModel.INPUT;
        if (net.soma[n].model() == SanafeChip.SomaModel.TRUENORTH) {
            throw m.at().error("neuron " + net.name[n] + ": soma model 'truenorth' is not modelled");
        }
        if (!input && a.containsKey("spikes")) {
            throw a.get("spikes").error("spikes: neuron " + net.name[n] + " is on soma '" + net.soma[n].name() + "', whose model is not 'input'");
        }
        net.threshold[n] = number(a, "threshold", 0);
        net.reset[n] = number(a, "reset", 0);
        net.leakDecay[n] = number(a, "leak_decay", 1);
        net.inputDecay[n] = number(a, "input_decay", 0);
        net.bias[n] = number(a, "bias", 0);
        net.softReset[n] = soft(a.get("reset_mode"));
        net.forceUpdate[n] = flag(a, "force_update");
        net.logSpikes[n] = flag(a, "log_spikes");
        net.logPotential[n] = flag(a, "log_potential") | flag(a, "log_v");
        flag(a, "log_u");
        number(a, "connections_out", 0);
        if (a.containsKey("spikes")) {
            List<Node> items = a.get("spikes").list("spikes");
            net.spikes[n] = new boolean[items.size()];
            for (int i = 0; i < items.size(); i++) {
                net.spikes[n][i] = items.get(i).flag("spikes");
            }
        }
    }

    private static boolean soft(Node mode) {
        List<String> known = List.of("hard", "soft");
        if (mode != null && !known.contains(mode.text("reset_mode"))) {
            throw mode.error("reset_mode: '" + Node.shown(mode.text()) + "' is not modelled" + KeyedYaml.nearest(Node.shown(mode.text()), known));
        }
        return mode != null && mode.text().equals("soft");
    }

    private static double number(Map<String, Node> a, String key, double otherwise) {
        Node found = a.get(key);
        return found == null ? otherwise : found.number(key);
    }

    private static boolean flag(Map<String, Node> a, String key) {
        Node found = a.get(key);
        return found != null && found.flag(key);
    }

    /** @return the unit of that name, or the core's first one */
    private static <U> U unit(List<U> units, Function<U, String> name, Node wanted, String kind) {
        if (wanted == null) {
            return units.get(0);
        }
        String text = wanted.text(kind);
        return units.stream().filter(u -> name.apply(u).equals(text)).findFirst().orElseThrow(() ->
            wanted.error("the core has no " + kind + " unit '" + Node.shown(text) + "'"
                + KeyedYaml.nearest(Node.shown(text), units.stream().limit(64).map(name).toList())));
    }

    private void synapses() {
        int[] from = new int[net.neurons() + 1];
        for (int i = 0; i < draft.synapses; i++) {
            from[place[draft.source[i]] + 1]++;
        }
        for (int n = 0; n < net.neurons(); n++) {
            from[n + 1] += from[n];
        }
        long[] sorted = new long[draft.synapses];
        int[] next = from.clone();
        for (int i = 0; i < draft.synapses; i++) {
            sorted[next[place[draft.source[i]]]++] = (long) net.core[place[draft.target[i]]] << 32 | i;
        }
        net.target = new int[sorted.length];
        net.weight = new double[sorted.length];
        net.firstMessage = new int[net.neurons() + 1];
        int[] core = new int[16];
        int[] first = new int[16];
        int messages = 0;
        for (int n = 0; n < net.neurons(); n++) {
            Arrays.sort(sorted, from[n], from[n + 1]);
            for (int s = from[n]; s < from[n + 1]; s++) {
                int to = (int) (sorted[s] >> 32);
                if (s == from[n] || to != core[messages - 1]) {
                    if (messages == core.length) {
                        core = Arrays.copyOf(core, 2 * messages);
                        first = Arrays.copyOf(first, 2 * messages);
                    }
                    core[messages] = to;
                    first[messages++] = s;
                }
                net.target[s] = place[draft.target[(int) sorted[s]]];
                net.weight[s] = draft.weight[(int) sorted[s]];
            }
            net.firstMessage[n + 1] = messages;
        }
        net.messageCore = Arrays.copyOf(core, messages);
        net.firstSynapse = Arrays.copyOf(first, messages + 1);
        net.firstSynapse[messages] = sorted.length;
    }
}
