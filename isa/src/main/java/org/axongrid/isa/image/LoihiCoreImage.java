package org.axongrid.isa.image;

import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The memories of a Loihi-style neurocore, as parallel arrays.
 *
 * <p>An <em>input axon</em> with one atom is discrete; with more it is a population axon: atom a's list starts at
 * {@code pointer + a * words}. A list's targets are relative to the axon's base compartment, so several axons can share a list.
 * An <em>axon group</em> is a range of consecutive compartments that share output axons; a member's atom is its position in the group.
 *
 * @param core           number of the core in the system
 * @param profiles       neuron profiles
 * @param profileOf      profile by compartment; its length is the number of compartments
 * @param biasMantissa   bias by compartment
 * @param initialV       v before the first step, by compartment
 * @param formats        synapse formats; number k is element k - 1
 * @param memory         synapse memory in use
 * @param axonPointer    by input axon: first word of its (first atom's) list
 * @param axonWords      by input axon: words of one atom's list
 * @param axonAtoms      by input axon: number of atoms
 * @param axonBase       by input axon: base compartment
 * @param groupFirst     by axon group: first compartment; ascending, groups do not overlap
 * @param groupSize      by axon group: number of compartments
 * @param groupOut       by axon group: its first output axon; one element more than there are groups
 * @param outCore        by output axon: destination core in the system
 * @param outAxon        by output axon: input axon there
 * @param outDelay       by output axon: extra delay in time-steps; a message sent in step t takes effect in t + 1 + delay
 * @param programs       neuron programs that profiles name
 * @param initialState   initial values of the state words after the first: word w of compartment c at {@code (w - 1) * compartments + c}, for as
 *                       many words as the largest program has; empty = what the programs say
 * @param axonInput      by input axon: dendritic accumulator of its targets, 0 for the first; empty = 0 for all
 * @param atomFactor     by atom of all input axons in sequence: factor of its synapses, so that many sources share one list: a connection of rank
 *                       one, {@code weight(source, target) = factor(source) * list(target)}; empty = 1 for all
 * @param seed           start of the core's random generator, mixed with the core's number
 */
public record LoihiCoreImage(int core, List<NeuronProfile> profiles, byte[] profileOf, int[] biasMantissa, int[] initialV,
                        List<SynapseFormat> formats, SynapseMemory memory,
                        int[] axonPointer, int[] axonWords, int[] axonAtoms, int[] axonBase,
                        int[] groupFirst, int[] groupSize, int[] groupOut, int[] outCore, int[] outAxon, int[] outDelay,
                        List<NeuronProgram> programs, int[] initialState, int[] axonInput, int[] atomFactor,
                        int seed) implements CoreImage {
    /** Copies the lists. */
    public LoihiCoreImage {
        profiles = List.copyOf(profiles);
        formats = List.copyOf(formats);
        programs = List.copyOf(programs);
    }

    /** A core whose synapse memory is there in full. */
    public LoihiCoreImage(int core, List<NeuronProfile> profiles, byte[] profileOf, int[] biasMantissa, int[] initialV,
                          List<SynapseFormat> formats, long[] synapseWords,
                          int[] axonPointer, int[] axonWords, int[] axonAtoms, int[] axonBase,
                          int[] groupFirst, int[] groupSize, int[] groupOut, int[] outCore, int[] outAxon, int[] outDelay,
                          List<NeuronProgram> programs, int[] initialState, int[] axonInput, int[] atomFactor, int seed) {
        this(core, profiles, profileOf, biasMantissa, initialV, formats, SynapseMemory.of(synapseWords), axonPointer, axonWords, axonAtoms,
            axonBase, groupFirst, groupSize, groupOut, outCore, outAxon, outDelay, programs, initialState, axonInput, atomFactor, seed);
    }

    /** A core without programs. */
    public LoihiCoreImage(int core, List<NeuronProfile> profiles, byte[] profileOf, int[] biasMantissa, int[] initialV,
                          List<SynapseFormat> formats, long[] synapseWords,
                          int[] axonPointer, int[] axonWords, int[] axonAtoms, int[] axonBase,
                          int[] groupFirst, int[] groupSize, int[] groupOut, int[] outCore, int[] outAxon, int[] outDelay) {
        this(core, profiles, profileOf, biasMantissa, initialV, formats, synapseWords, axonPointer, axonWords, axonAtoms, axonBase, groupFirst,
            groupSize, groupOut, outCore, outAxon, outDelay, List.of(), new int[0], new int[0], new int[0], 0);
    }

    /** @return the same core with programs and what belongs to them */
    public LoihiCoreImage with(List<NeuronProgram> newPrograms, int[] newInitialState, int[] newAxonInput, int[] newAtomFactor,
                               int newSeed) {
        return new LoihiCoreImage(core, profiles, profileOf, biasMantissa, initialV, formats, memory, axonPointer, axonWords, axonAtoms,
            axonBase, groupFirst, groupSize, groupOut, outCore, outAxon, outDelay, newPrograms, newInitialState, newAxonInput, newAtomFactor,
            newSeed);
    }

    /** @return the words of synapse memory in use; see {@link SynapseMemory#words()} */
    public long[] synapseWords() {
        return memory.words();
    }

    /** @return the program of a profile, null if it is native or names none that exists */
    public NeuronProgram programOf(NeuronProfile profile) {
        return profile.isProgrammed() && profile.program() < programs.size() ? programs.get(profile.program()) : null;
    }

    /** @return dendritic accumulators per compartment: as many as the program with the most has */
    public int inputs() {
        return programs.stream().mapToInt(p -> p.inputs().size()).max().orElse(1);
    }

    /**
     * Where a soft reset takes two compartments (project reference on Loihi, section 2.4), each such neuron takes another compartment and, for the
     * way back from it, an input axon, an output axon and a word of synapses.
     *
     * @param chip the chip
     * @return compartments that soft resets take beside those of the image
     */
    public int secondCompartments(ChipSpec chip) {
        int each = chip.get(ChipParameter.SOFT_RESET_COMPARTMENTS) - 1;
        int soft = 0;
        for (int c = 0; each > 0 && c < profileOf.length; c++) {
            int number = profileOf[c];
            soft += number >= 0 && number < profiles.size() && profiles.get(number).reset() == NeuronProfile.Reset.SOFT ? 1 : 0;
        }
        return soft * each;
    }

    /** @return state words per compartment: as many as the program with the most has */
    public int stateWords() {
        return programs.stream().mapToInt(p -> p.state().size()).max().orElse(1);
    }

    /** @return atoms of all input axons */
    public int atoms() {
        return Arrays.stream(axonAtoms).sum();
    }

    /** @return dendritic accumulator that an input axon's synapses add to */
    public int inputOf(int axon) {
        return axonInput.length == 0 ? 0 : axonInput[axon];
    }

    @Override
    public int compartments() {
        return profileOf.length;
    }

    @Override
    public int inputAxons() {
        return axonPointer.length;
    }

    /** @return number of axon groups */
    public int groups() {
        return groupFirst.length;
    }
}
