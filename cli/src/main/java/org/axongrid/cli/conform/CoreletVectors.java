package org.axongrid.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.axongrid.cli.corelet.CoreletModel;
import org.axongrid.cli.corelet.CoreletReader;
import org.axongrid.cli.corelet.CoreletRun;
import org.axongrid.cli.corelet.SpikeFile;
import org.axongrid.cli.corelet.TickInput;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.TrueNorthCoreImage;

/**
 * Corelet models and their spike files, which hold no expected output of their own.
 *
 * <p>A model passes if it can be imported and is the network of the case {@code corelet_NAME} beside it or one folder up, with the spikes of its spike
 * file as input; the case is then replayed with what was imported. Without such a case it passes if one thread and two give the same run of it. A spike
 * file passes if it can be read and leads to axons that its model has.
 */
final class CoreletVectors {
    private static final int TICKS_WITHOUT_INPUT = 200;
    private static final List<String> SPIKE_ENDINGS = List.of("_inputSpikes.sfti", "_spikes.sfti", ".sfti");

    private CoreletVectors() { }

    /** Checks a model. */
    static void model(Path file) {
        CoreletModel model = CoreletReader.read(file, chip());
        Optional<SpikeFile> spikes = beside(file, SPIKE_ENDINGS).map(SpikeFile::read);
        Optional<Path> golden = golden(file);
        if (golden.isPresent()) {
            TrueNorthCase c = TrueNorthFiles.read(golden.get());
            TrueNorthReplay.run(imported(c, model, spikes));
            return;
        }
        TickInput input = spikes.map(s -> TickInput.of(s, model)).orElse(new TickInput(new int[0], new int[0], new int[0]));
        int ticks = spikes.map(CoreletRun::ticks).orElse(TICKS_WITHOUT_INPUT);
        long one = run(model, input, ticks, 1);
        if (run(model, input, ticks, 2) != one) {
            throw new CaseFailure("two threads give another run than one");
        }
    }

    /** Checks a spike file. */
    static void spikes(Path file) {
        SpikeFile spikes = SpikeFile.read(file);
        String stem = CoreletModel.stem(file).replaceFirst("_(inputSpikes|spikes)$", "");
        Path model = file.resolveSibling(stem);
        beside(model, List.of(".json")).ifPresent(m -> TickInput.of(spikes, CoreletReader.read(m, chip())));
    }

    private static ChipSpec chip() {
        return ChipSpecs.preset("truenorth");
    }

    private static Optional<Path> beside(Path file, List<String> endings) {
        String stem = CoreletModel.stem(file);
        return endings.stream().flatMap(e -> Stream.of(stem + e, stem + e + ".gz")).map(file::resolveSibling).filter(Files::isRegularFile)
            .findFirst();
    }

    private static Optional<Path> golden(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = "corelet_" + CoreletModel.stem(file) + ".json";
        return Stream.of(folder, folder.resolve("..").normalize()).flatMap(f -> Stream.of(f.resolve(name), f.resolve(name + ".gz")))
            .filter(Files::isRegularFile).findFirst();
    }

    /** @return the case with the imported network and input in the place of its own, to which they must be equal */
    private static TrueNorthCase imported(TrueNorthCase c, CoreletModel model, Optional<SpikeFile> spikes) {
        if (model.cores().size() != c.cores().size()) {
            throw new CaseFailure("cores: expected " + c.cores().size() + " as in " + c.name() + ", imported " + model.cores().size());
        }
        List<TrueNorthCoreImage> cores = new ArrayList<>();
        for (int i = 0; i < c.cores().size(); i++) {
            TrueNorthCoreImage core = model.cores().get(i);
            requireSame(c.cores().get(i), core);
            cores.add(new TrueNorthCoreImage(core.core(), c.cores().get(i).seed(), core.rules(), core.axonType(), core.crossbar(),
                core.parameters(), core.parameterOf(), core.destCore(), core.destAxon(), core.destDelay()));
        }
        int[] inputs = spikes.map(s -> triples(s, model, c.ticks())).orElse(c.inputs());
        int[][] expected = sorted(c.inputs());
        int[][] found = sorted(inputs);
        int at = Arrays.mismatch(expected, found, Arrays::compare);
        if (at >= 0) {
            throw new CaseFailure("input spike " + at + " in order of tick, core and axon: expected "
                + (at < expected.length ? Arrays.toString(expected[at]) : "none") + ", imported "
                + (at < found.length ? Arrays.toString(found[at]) : "none"));
        }
        return new TrueNorthCase(c.file(), c.name(), c.ticks(), cores, inputs, c.spikes(), c.outputs(), c.synapticEvents(), c.merged(), c.words(),
            c.consumed());
    }

    private static void requireSame(TrueNorthCoreImage expected, TrueNorthCoreImage core) {
        String where = "core " + core.core() + ": ";
        if (expected.core() != core.core() || expected.compartments() != core.compartments()
            || !Arrays.equals(expected.axonType(), core.axonType())) {
            throw new CaseFailure(where + "number, size or axon types differ from the case");
        }
        for (int j = 0; j < core.compartments(); j++) {
            String neuron = where + "neuron " + j + ": ";
            if (expected.uses(j) != core.uses(j)) {
                throw new CaseFailure(neuron + (core.uses(j) ? "expected unused" : "expected in use"));
            }
            if (core.uses(j) && !expected.parameters().get(expected.parameterOf()[j]).equals(core.parameters().get(core.parameterOf()[j]))) {
                throw new CaseFailure(neuron + "expected " + expected.parameters().get(expected.parameterOf()[j]) + ", imported "
                    + core.parameters().get(core.parameterOf()[j]));
            }
            int[] to = {expected.destCore()[j], expected.destAxon()[j], expected.destDelay()[j]};
            int[] found = {core.destCore()[j], core.destAxon()[j], core.destDelay()[j]};
            if (core.uses(j) && !Arrays.equals(to, found)) {
                throw new CaseFailure(neuron + "destination, axon and delay: expected " + Arrays.toString(to) + ", imported " + Arrays.toString(found));
            }
        }
        int at = Arrays.mismatch(expected.crossbar(), core.crossbar());
        if (at >= 0) {
            throw new CaseFailure(where + "the crossbar row of axon " + at / TrueNorthCoreImage.rowWords(core.compartments()) + " differs");
        }
    }

    private static int[] triples(SpikeFile spikes, CoreletModel model, int ticks) {
        TickInput.of(spikes, model);
        int[] triples = new int[3 * spikes.size()];
        int n = 0;
        for (int i = 0; i < spikes.size(); i++) {
            if (spikes.tick()[i] < ticks) {
                triples[n++] = spikes.tick()[i];
                triples[n++] = model.indexOf(spikes.core()[i]);
                triples[n++] = spikes.axon()[i];
            }
        }
        return Arrays.copyOf(triples, n);
    }

    private static int[][] sorted(int[] triples) {
        int[][] rows = new int[triples.length / 3][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(triples, 3 * i, 3 * i + 3));
        Arrays.sort(rows, Arrays::compare);
        return rows;
    }

    /** @return CRC-32 over all spikes and potentials */
    private static long run(CoreletModel model, TickInput input, int ticks, int threads) {
        CRC32 all = new CRC32();
        CoreletRun.of(model, input, TrueNorthReplay::coded).run(ticks, threads, (step, cores) -> {
            for (var core : cores) {
                Expectation.update(all, Arrays.copyOf(core.spikes(), core.spikeCount()));
                Expectation.update(all, IntStream.range(0, core.spikes().length).map(core::voltage).toArray());
            }
        });
        return all.getValue();
    }
}
