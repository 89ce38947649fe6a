package org.axongrid.cli.pipeline;

import java.util.List;
import java.util.Locale;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.output.Progress;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/**
 * What the emulator says of a mapping in the {@code cycle} mode.
 *
 * @param images          images run
 * @param stepsOnChip     steps of all images, those in which the pipeline fills included
 * @param secondsPerStep  emulated time of a step, barrier included
 * @param secondsPerImage emulated time of an inference
 * @param cyclesPerStep   the same in cycles of the network on chip
 * @param joulesPerImage  energy of an inference, static included where known
 * @param dynamicPerImage dynamic energy of an inference
 * @param boundBy         what bounds most of the time without barriers: compute, receive or network
 * @param boundShare      its share of that time
 * @param spikes          spikes of all images: the same for every mapping of cores whose neurons are not copied
 * @param longestStep     work of the longest step in seconds; where steps are ticks of a fixed length, what the tick could be
 * @param overruns        steps whose work is longer than a tick
 */
public record MappingRun(int images, long stepsOnChip, double secondsPerStep, double secondsPerImage, double cyclesPerStep, double joulesPerImage,
                         double dynamicPerImage, String boundBy, double boundShare, long spikes, double longestStep, long overruns) {
    /**
     * @param spiking the network in real numbers
     * @param net     the same in integers
     * @param mapping partition, placement and image
     * @param data    images
     * @param images  how many of them
     * @param steps   time-steps of each
     * @param threads threads of the host
     * @return the figures
     */
    public static MappingRun of(SpikingNetwork spiking, QuantisedNetwork net, Mapper.Mapping mapping, DataSet data, int images, int steps, int threads) {
        return of(new Preparation(net.network(), spiking, spiking, net, mapping.image().chip(), mapping, null, new Emulation(mapping.image(), net),
            true, List.of(), 0), data, images, steps, threads);
    }

    /** The same of a network on crossbar cores. */
    public static MappingRun of(SpikingNetwork spiking, QuantisedNetwork net, TrueNorthMapping crossbar, DataSet data, int images, int steps, int threads) {
        return of(prepared(spiking, net, crossbar), data, images, steps, threads);
    }

    /** @return a network on crossbar cores, loaded */
    public static Preparation prepared(SpikingNetwork spiking, QuantisedNetwork net, TrueNorthMapping crossbar) {
        Mapper.Mapping mapping = new Mapper.Mapping(new Partition(crossbar.strategy(), List.of(), new int[crossbar.depths().length]), crossbar.placement(),
            crossbar.image());
        return new Preparation(net.network(), spiking, spiking, net, crossbar.image().chip(), mapping, crossbar, new Emulation(crossbar.image(), net), true,
            List.of(), 0);
    }

    private static MappingRun of(Preparation prepared, DataSet data, int images, int steps, int threads) {
        Mapper.Mapping mapping = prepared.mapping();
        ChipTiming timing = ChipTiming.of(mapping.image().chip().timingProfile(), mapping.image(), "cycle");
        ChipRun run = ChipRun.of(prepared, data, images, new ChipRun.How("emulating", steps, threads,
            HostUse.choose(prepared, images, threads, timing.timing()), timing.timing()), Progress.of(true));
        StepTimes times = run.times();
        EnergyReport energy = run.energy(CostProfiles.open(mapping.image().chip().energyProfile()), mapping.image().chips());
        long onChip = 0;
        long work = 0;
        int most = 0;
        for (int b = 0; b < times.psBoundBy.length; b++) {
            onChip += times.stepsBoundBy[b];
            work += times.psBoundBy[b];
            most = times.psBoundBy[b] > times.psBoundBy[most] ? b : most;
        }
        double perStep = times.totalPs / (double) Math.max(1, onChip);
        return new MappingRun(images, onChip, perStep * 1e-12, run.latencySeconds(), perStep / timing.quantumPs(), energy.totalJ() / images,
            energy.dynamicJ() / images, StepTimes.Bound.values()[most].name().toLowerCase(Locale.ROOT), times.psBoundBy[most] / (double) Math.max(1, work),
            run.counters().spikes, times.longestPs * 1e-12, times.overruns);
    }
}
