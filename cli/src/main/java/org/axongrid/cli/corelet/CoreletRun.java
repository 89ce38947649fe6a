package org.axongrid.cli.corelet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.Region;

/** A corelet model with its input, ready to run. */
public final class CoreletRun {
    /** Ticks to run after the last input, if nobody says how many: as long as a spike can be under way. */
    public static final int TAIL = 16;
    /** Most ticks of a run. */
    public static final int TICKS_MAX = 1_000_000;
    private static final Timing TIMELESS = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);

    private final ChipImage image;
    private final TickInput input;

    private CoreletRun(ChipImage image, TickInput input) {
        this.image = image;
        this.input = input;
    }

    /** @return the model as a validated chip image, with its input */
    public static CoreletRun of(CoreletModel model, TickInput input) {
        return of(model, input, image -> {
            ChipImageValidator.validate(image);
            return image;
        });
    }

    /**
     * @param model a model
     * @param input its input
     * @param check makes sure of the image, or replaces it
     */
    public static CoreletRun of(CoreletModel model, TickInput input, UnaryOperator<ChipImage> check) {
        ChipImage image = new ChipImage(model.name(), model.chip(), model.chips(), new ArrayList<>(model.cores()), regions(model), input.ports(), 0,
            Arithmetic.NENGO_LOIHI);
        return new CoreletRun(check.apply(image), input);
    }

    /** @return a region for each core, named {@code coreN} after its number: its neurons */
    private static List<Region> regions(CoreletModel model) {
        List<Region> regions = new ArrayList<>();
        for (int c = 0; c < model.cores().size(); c++) {
            int[] core = new int[model.cores().get(c).compartments()];
            Arrays.fill(core, c);
            regions.add(new Region("core" + model.cores().get(c).core(), Region.Role.HIDDEN, core, IntStream.range(0, core.length).toArray()));
        }
        return regions;
    }

    /**
     * @param spikes input spikes
     * @return ticks until {@link #TAIL} after the last of them
     * @throws InvalidInputException if they are more than {@link #TICKS_MAX}
     */
    public static int ticks(SpikeFile spikes) {
        if (spikes.lastTick() >= TICKS_MAX - TAIL) {
            throw new InvalidInputException(spikes.place() + ": its last spike is for tick " + spikes.lastTick() + ", a run has at most "
                + TICKS_MAX + " ticks; give the number of ticks (--steps)");
        }
        return spikes.lastTick() + 1 + TAIL;
    }

    /** @return the image */
    public ChipImage image() {
        return image;
    }

    /**
     * Runs it from its initial state, without times.
     *
     * @param ticks    number of ticks
     * @param threads  host threads
     * @param listener called after each tick
     */
    public void run(int ticks, int threads, Simulation.StepListener listener) {
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, threads)) {
            run(simulation, ticks, listener);
        }
    }

    /** Runs it on a simulation of its image. */
    void run(Simulation simulation, int ticks, Simulation.StepListener listener) {
        simulation.listen(listener);
        drive(simulation, ticks);
    }

    /** Runs it on a simulation of its image, which has its listeners. */
    void drive(Simulation simulation, int ticks) {
        simulation.drive(input.into(simulation));
        simulation.runSteps(ticks);
    }
}
