package org.axongrid.isa.image;

import java.util.List;
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
 * @param synapseWords   synapse memory in use
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
 */
public record LoihiCoreImage(int core, List<NeuronProfile> profiles, byte[] profileOf, int[] biasMantissa, int[] initialV,
                        List<SynapseFormat> formats, long[] synapseWords,
                        int[] axonPointer, int[] axonWords, int[] axonAtoms, int[] axonBase,
                        int[] groupFirst, int[] groupSize, int[] groupOut, int[] outCore, int[] outAxon, int[] outDelay)
    implements CoreImage {
    /** Copies the lists. */
    public LoihiCoreImage {
        profiles = List.copyOf(profiles);
        formats = List.copyOf(formats);
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
