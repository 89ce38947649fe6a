package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.layer.LayerPiece;

/** What one core holds of a layer, with its place among the compartments of the whole layer, which lie core by core. Immutable. */
final class LoadedPiece {
    /** Index of the core in the image. */
    final int core;
    final int firstChannel;
    final int channels;
    final int[] positions;
    /** First of its compartments among the layer's. */
    final int base;
    final int compartments;
    /** Compartments with native arithmetic, second ones included, rounded up to the update group; 0 where a program runs. */
    final int updated;
    /** Whether each soft reset is done by a second compartment. */
    final boolean twoCompartments;
    /** Runs of compartments with one profile but for the threshold: first compartment of the piece; one element more. */
    final int[] rangeFirst;
    /** By range. */
    final NeuronProfile[] rangeProfile;
    /** By range: constants of its program. */
    final int[][] rangeConstants;
    /** By compartment of the piece: axon group, -1 if it sends nothing. */
    final int[] groupOf;

    LoadedPiece(LayerPiece piece, int base, LoihiCoreImage image, ChipSpec chip) {
        core = piece.core();
        firstChannel = piece.firstChannel();
        channels = piece.channels();
        positions = piece.positions();
        this.base = base;
        compartments = piece.compartments();
        int group = chip.get(ChipParameter.UPDATE_GROUP);
        int second = image.secondCompartments(chip);
        twoCompartments = second > 0;
        boolean programmed = !image.programs().isEmpty();
        updated = programmed ? 0 : (compartments + second + group - 1) / group * group;
        IntArrayList firsts = new IntArrayList();
        for (int c = 0; c < compartments; c++) {
            if (c == 0 || image.profileOf()[c] != image.profileOf()[c - 1] && !sameButThreshold(image, c)) {
                firsts.addInt(c);
            }
        }
        firsts.addInt(compartments);
        rangeFirst = firsts.toIntArray();
        rangeProfile = new NeuronProfile[rangeFirst.length - 1];
        rangeConstants = new int[rangeProfile.length][];
        int[][] constants = image.profiles().stream().map(p -> p.constants().stream().mapToInt(c -> c).toArray()).toArray(int[][]::new);
        for (int r = 0; r < rangeProfile.length; r++) {
            rangeProfile[r] = image.profiles().get(image.profileOf()[rangeFirst[r]]);
            rangeConstants[r] = constants[image.profileOf()[rangeFirst[r]]];
        }
        groupOf = new int[compartments];
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < image.groups(); g++) {
            Arrays.fill(groupOf, image.groupFirst()[g], image.groupFirst()[g] + image.groupSize()[g], g);
        }
    }

    private static boolean sameButThreshold(LoihiCoreImage image, int c) {
        NeuronProfile own = image.profiles().get(image.profileOf()[c]);
        NeuronProfile before = image.profiles().get(image.profileOf()[c - 1]);
        return !own.isProgrammed() && own.withThreshold(0).equals(before.withThreshold(0));
    }
}
