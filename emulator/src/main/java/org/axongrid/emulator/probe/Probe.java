package org.axongrid.emulator.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.Opcode;
import org.axongrid.isa.microcode.StateWord;

/**
 * What to record: one quantity of some compartments of a region.
 *
 * <p>As text {@code REGION[.QUANTITY][:ELEMENTS]}. The quantity is {@code v} (the default), {@code u} (the current of a native compartment),
 * {@code spike} (the payload, 0 if there was no spike), the name of a state word of the compartments' program, or {@code probe0..probe3}, what
 * the program showed last. Elements are numbers and ranges such as {@code 0,4-9}; all of the region if left out.
 *
 * @param name     the text, its elements left out
 * @param quantity what
 * @param index    state word or probe channel
 * @param elements of the region
 * @param core     by element: index into the image's cores
 * @param compartment by element: compartment of that core
 */
public record Probe(String name, Quantity quantity, int index, int[] elements, int[] core, int[] compartment) {
    /** What a probe shows. */
    public enum Quantity {
        /** A state word; word 0 is the voltage. */
        STATE,
        /** The current of a native compartment. */
        CURRENT,
        /** The payload of the step's spike, 0 if there was none. */
        SPIKE,
        /** A probe channel. */
        CHANNEL
    }

    private static final Pattern CHANNEL = Pattern.compile("probe([0-9]+)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /**
     * @param text  as above
     * @param image what will run
     * @return the probe
     * @throws InvalidInputException if the image has no such region, quantity or element
     */
    public static Probe parse(String text, ChipImage image) {
        int colon = text.indexOf(':');
        String what = colon < 0 ? text : text.substring(0, colon);
        Region region = region(what, image);
        String quantity = region == null ? "" : what.length() > region.name().length() ? what.substring(region.name().length() + 1) : "v";
        if (region == null) {
            List<String> names = image.regions().stream().map(Region::name).toList();
            throw new InvalidInputException("probe " + text + ": no region '" + what + "'" + KeyedYaml.nearest(what, names) + " (regions: "
                + String.join(", ", names) + ")");
        }
        int[] elements = colon < 0 ? IntStream.range(0, region.size()).toArray() : elements(text, text.substring(colon + 1), region);
        int[] core = Arrays.stream(elements).map(e -> region.core()[e]).toArray();
        int[] compartment = Arrays.stream(elements).map(e -> region.compartment()[e]).toArray();
        String name = region.name() + "." + quantity;
        if (quantity.equals("spike")) {
            return new Probe(name, Quantity.SPIKE, 0, elements, core, compartment);
        }
        int index = -2;
        Quantity kind = null;
        for (int i = 0; i < elements.length; i++) {
            NeuronProgram program = program(image, core[i], compartment[i]);
            boolean hasCurrent = image.cores().get(core[i]) instanceof LoihiCoreImage;
            Quantity own = quantity(quantity, program, hasCurrent);
            int at = own == null ? -1 : own == Quantity.CHANNEL ? channel(quantity) : own == Quantity.CURRENT ? 0
                : program == null ? 0 : program.stateIndex(quantity);
            if (own == null || index != -2 && (index != at || kind != own)) {
                throw new InvalidInputException("probe " + text + ": " + region.name() + " " + elements[i] + " has no '" + quantity + "', it has "
                    + String.join(", ", quantities(program, hasCurrent)));
            }
            index = at;
            kind = own;
        }
        return new Probe(name, kind, index, elements, core, compartment);
    }

    /** The longest region name that the text starts with, as names may have dots. */
    private static Region region(String what, ChipImage image) {
        Region best = null;
        for (Region r : image.regions()) {
            boolean fits = what.equals(r.name()) || what.startsWith(r.name() + ".");
            if (fits && (best == null || r.name().length() > best.name().length())) {
                best = r;
            }
        }
        return best;
    }

    private static int[] elements(String text, String list, Region region) {
        List<Integer> found = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            Matcher m = RANGE.matcher(part.trim());
            int first = m.matches() ? Integer.parseInt(m.group(1)) : -1;
            int last = m.matches() && m.group(2) != null ? Integer.parseInt(m.group(2)) : first;
            if (first < 0 || last < first || last >= region.size()) {
                throw new InvalidInputException("probe " + text + ": elements '" + part + "', " + region.name() + " has 0-" + (region.size() - 1));
            }
            IntStream.rangeClosed(first, last).forEach(found::add);
        }
        return found.stream().mapToInt(i -> i).toArray();
    }

    private static NeuronProgram program(ChipImage image, int core, int compartment) {
        CoreImage c = image.cores().get(core);
        return c instanceof LoihiCoreImage loihi ? loihi.programOf(loihi.profiles().get(loihi.profileOf()[compartment])) : null;
    }

    private static Quantity quantity(String name, NeuronProgram program, boolean hasCurrent) {
        if (program == null) {
            return name.equals("v") ? Quantity.STATE : name.equals("u") && hasCurrent ? Quantity.CURRENT : null;
        }
        if (program.stateIndex(name) >= 0) {
            return Quantity.STATE;
        }
        int channel = channel(name);
        return channel >= 0 && shows(program, channel) ? Quantity.CHANNEL : null;
    }

    private static int channel(String name) {
        Matcher m = CHANNEL.matcher(name);
        return m.matches() && m.group(1).length() == 1 ? Integer.parseInt(m.group(1)) : -1;
    }

    private static boolean shows(NeuronProgram program, int channel) {
        return program.code().stream().anyMatch(i -> i.opcode() == Opcode.PROBE && i.number() == channel);
    }

    private static Set<String> quantities(NeuronProgram program, boolean hasCurrent) {
        Set<String> names = new TreeSet<>(Set.of("spike"));
        if (program == null) {
            names.addAll(hasCurrent ? Set.of("v", "u") : Set.of("v"));
            return names;
        }
        program.state().stream().map(StateWord::name).forEach(names::add);
        IntStream.range(0, NeuronProgram.PROBES).filter(k -> shows(program, k)).forEach(k -> names.add("probe" + k));
        return names;
    }
}
