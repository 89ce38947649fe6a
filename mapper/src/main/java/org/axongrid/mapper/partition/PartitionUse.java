package org.axongrid.mapper.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.CoreMemory;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * What every core of a partition takes, counted without writing an image: for networks whose images would be far larger than what a mapping has to
 * know.
 *
 * @param cores    by core of the partition
 * @param violated limits that do not hold, one sentence each
 */
public record PartitionUse(List<CoreUse> cores, List<String> violated) {
    private static final int SENTENCES_MAX = 20;

    /**
     * @param net          the quantised network
     * @param chip         the chip
     * @param neurons      what its neurons run
     * @param partition    what each core holds, populations in order
     * @param severalChips whether output axons count as if every destination were on another chip
     * @return the use of each core
     */
    public static PartitionUse of(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Partition partition, boolean severalChips) {
        CoreBudget budget = new CoreBudget(net, chip, neurons, severalChips, partition.chunk());
        CoreUse[] use = new CoreUse[partition.cores().size()];
        int end = use.length;
        while (end > 0) {
            int population = partition.cores().get(end - 1).population();
            int start = end;
            while (start > 0 && partition.cores().get(start - 1).population() == population) {
                start--;
            }
            List<CorePiece> own = partition.cores().subList(start, end);
            int first = start;
            IntStream.range(start, end).parallel().forEach(c -> use[c] = budget.use(own.get(c - first)));
            budget.placed(population, own);
            end = start;
        }
        List<String> violated = new ArrayList<>();
        for (int c = 0; c < use.length && violated.size() < SENTENCES_MAX; c++) {
            CoreUse.Excess excess = use[c].excess(chip);
            if (excess != null) {
                violated.add("core " + c + " of layer " + net.network().populations().get(partition.cores().get(c).population()).name() + " needs " + excess);
            }
        }
        return new PartitionUse(List.of(use), violated);
    }

    /** @return largest and mean use of the limits that are counted, in the order of {@link ResourceUse#LIMITS} */
    public List<ResourceUse.Utilisation> utilisation(ChipSpec chip) {
        List<ResourceUse.Utilisation> all = new ArrayList<>();
        add(all, chip, ChipParameter.COMPARTMENTS, CoreUse::compartments);
        add(all, chip, ChipParameter.SYNAPSE_WORDS, CoreUse::synapseWords);
        add(all, chip, ChipParameter.INPUT_AXONS, CoreUse::inputAxons);
        add(all, chip, ChipParameter.OUTPUT_AXONS, CoreUse::outputAxons);
        add(all, chip, ChipParameter.WORDS_PER_AXON, CoreUse::wordsPerAxon);
        add(all, chip, ChipParameter.THRESHOLD_PROFILES, CoreUse::thresholds);
        if (CoreMemory.isShared(chip)) {
            add(all, chip, ChipParameter.CORE_MEMORY_WORDS, CoreUse::memoryWords);
        }
        return all;
    }

    private void add(List<ResourceUse.Utilisation> all, ChipSpec chip, ChipParameter limit, ToLongFunction<CoreUse> used) {
        long max = 0;
        int at = -1;
        double sum = 0;
        for (int c = 0; c < cores.size(); c++) {
            long use = used.applyAsLong(cores.get(c));
            sum += use;
            if (at < 0 || use > max) {
                max = use;
                at = c;
            }
        }
        all.add(new ResourceUse.Utilisation(limit, chip.get(limit), max, at, cores.isEmpty() ? 0 : sum / cores.size()));
    }
}
