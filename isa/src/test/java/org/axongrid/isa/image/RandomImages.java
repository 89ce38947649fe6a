package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;

/** Makes valid images from a seed: every core of a system sends to random others. */
final class RandomImages {
    private static final SynapseFormat DENSE = new SynapseFormat(Compression.DENSE, SignMode.MIXED, 8, -1, 0, 6, true);
    private static final SynapseFormat SPARSE = new SynapseFormat(Compression.SPARSE, SignMode.INHIBITORY, 4, 2, 3, 6, false);

    private final Random random;
    private final ChipSpec chip = ChipSpecs.preset("loihi");

    private RandomImages(long seed) {
        random = new Random(seed);
    }

    static ChipImage image(long seed) {
        return new RandomImages(seed).image();
    }

    private ChipImage image() {
        int chips = 1 + random.nextInt(3);
        int[] numbers = random.ints(0, chips * chip.coresPerChip()).distinct().limit(1 + random.nextInt(5)).sorted().toArray();
        int[] sizes = random.ints(numbers.length, 1, 60).toArray();
        // By core: groups of compartments, each with destinations; by destination core: atom counts of its input axons.
        List<List<int[]>> groups = new ArrayList<>();
        List<List<Integer>> atoms = new ArrayList<>();
        for (int c = 0; c < numbers.length; c++) {
            atoms.add(new ArrayList<>());
        }
        List<List<int[]>> outs = new ArrayList<>();
        for (int c = 0; c < numbers.length; c++) {
            List<int[]> own = new ArrayList<>();
            List<int[]> destinations = new ArrayList<>();
            for (int at = random.nextInt(4); at < sizes[c]; at += random.nextInt(3)) {
                int members = Math.min(sizes[c] - at, 1 + random.nextInt(9));
                int fanOut = random.nextInt(4);
                own.add(new int[] {at, members, fanOut});
                for (int k = 0; k < fanOut; k++) {
                    int to = random.nextInt(numbers.length);
                    destinations.add(new int[] {numbers[to], atoms.get(to).size(), random.nextInt(8)});
                    atoms.get(to).add(members);
                }
                at += members;
            }
            groups.add(own);
            outs.add(destinations);
        }
        List<CoreImage> cores = new ArrayList<>();
        int depth = random.nextInt(5);
        for (int c = 0; c < numbers.length; c++) {
            cores.add(core(numbers[c], sizes[c], depth, groups.get(c), outs.get(c), atoms.get(c)));
        }
        return new ChipImage("random " + random.nextInt(100) + " \u00fc", chip, chips, cores, regions(sizes), depth);
    }

    private LoihiCoreImage core(int number, int size, int depth, List<int[]> groups, List<int[]> outs, List<Integer> atoms) {
        int bits = chip.get(ChipParameter.MEMBRANE_BITS);
        int most = (1 << bits - 1) - 1;
        List<NeuronProfile> profiles = List.of(
            new NeuronProfile(4096, 0, random.nextInt(1 << 17), NeuronProfile.Reset.SOFT, 1, -most, most, random.nextInt(8), 1),
            new NeuronProfile(random.nextInt(4097), random.nextInt(4097), random.nextInt(1 << 17), NeuronProfile.Reset.HARD,
                1 + random.nextInt(63), -most - 1, most, random.nextInt(8), 1 + random.nextInt(depth + 1)),
            new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, 0, 511, 0, depth + 1));
        byte[] profileOf = new byte[size];
        for (int i = 1; i < size; i++) {
            profileOf[i] = (byte) random.nextInt(3);
        }
        int[] pointer = new int[atoms.size()];
        int[] words = new int[atoms.size()];
        int[] base = new int[atoms.size()];
        List<long[]> memory = new ArrayList<>();
        int used = 0;
        for (int a = 0; a < pointer.length; a++) {
            base[a] = random.nextInt(size);
            pointer[a] = used;
            long[][] lists = new long[atoms.get(a)][];
            for (int atom = 0; atom < lists.length; atom++) {
                lists[atom] = list(size - base[a]);
                words[a] = Math.max(words[a], lists[atom].length);
            }
            for (long[] list : lists) {
                memory.add(Arrays.copyOf(list, words[a]));
                used += words[a];
            }
        }
        int[] groupOut = new int[groups.size() + 1];
        for (int g = 0; g < groups.size(); g++) {
            groupOut[g + 1] = groupOut[g] + groups.get(g)[2];
        }
        return new LoihiCoreImage(number, profiles, profileOf, random.ints(size, -4095, 4096).toArray(), random.ints(size, 0, 512).toArray(),
            List.of(DENSE, SPARSE), memory.stream().flatMapToLong(Arrays::stream).toArray(),
            pointer, words, atoms.stream().mapToInt(Integer::intValue).toArray(), base,
            column(groups, 0), column(groups, 1), groupOut, column(outs, 0), column(outs, 1), column(outs, 2));
    }

    private long[] list(int targets) {
        SynapseListWriter writer = new SynapseListWriter(60);
        int run = random.nextInt(Math.min(targets, 20) + 1);
        int[] dense = random.ints(run, -128, 128).map(m -> m << 1).toArray();
        writer.dense(1, DENSE, random.nextInt(targets - run + 1), dense, 0, run, 0);
        int single = random.nextInt(5);
        writer.sparse(2, SPARSE, random.ints(single, 0, targets).toArray(), random.ints(single, 0, 16).map(m -> -(m << 4)).toArray(),
            random.ints(single, 0, 8).toArray(), single);
        return writer.toWords();
    }

    private List<Region> regions(int[] sizes) {
        List<Region> regions = new ArrayList<>();
        Region.Role[] roles = {Region.Role.BIAS_INPUT, Region.Role.HIDDEN, Region.Role.READOUT};
        for (Region.Role role : roles) {
            int core = random.nextInt(sizes.length);
            // Compartment 0 has the profile that starts first; a readout must start as a whole.
            int n = role == Region.Role.READOUT ? 1 : 1 + random.nextInt(sizes[core]);
            int[] index = new int[n];
            Arrays.fill(index, core);
            regions.add(new Region("layer/" + role, role, index, IntStream.range(0, n).toArray()));
        }
        return regions;
    }

    private static int[] column(List<int[]> rows, int column) {
        return rows.stream().mapToInt(r -> r[column]).toArray();
    }
}
