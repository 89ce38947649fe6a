package org.axongrid.emulator.sanafe;

import java.util.List;

/**
 * A chip as SANA-FE describes it: tiles on a mesh, cores in tiles, units in cores, each with joules and seconds per event. Immutable.
 *
 * <p>Tile {@code t} sits at column {@code t / height} and row {@code t mod height}. North is towards larger rows.
 *
 * @param name       of the architecture
 * @param width      columns of the mesh
 * @param height     rows of the mesh
 * @param linkBuffer messages that a link can hold, 0 if not stated
 * @param syncTiles  smallest numbers of tiles in use for which {@code syncTime} holds, ascending
 * @param syncTime   seconds that synchronisation adds to every step, per entry of {@code syncTiles}
 * @param tiles      {@code width * height} at most
 */
public record SanafeChip(String name, int width, int height, int linkBuffer, int[] syncTiles, double[] syncTime, List<Tile> tiles) {

    /** What a soma computes. */
    public enum SomaModel {
        /** Leaky integrate and fire. */
        LEAKY_INTEGRATE_FIRE,
        /** Spikes from a list. */
        INPUT,
        /** TrueNorth's neuron; described by files, not modelled. */
        TRUENORTH
    }

    /** Energies in joules and latencies in seconds of a soma: every visit, every update, every spike. */
    public record Soma(String name, SomaModel model, double accessEnergy, double accessLatency, double updateEnergy, double updateLatency,
                       double spikeEnergy, double spikeLatency) { }

    /** A dendrite: joules and seconds per synaptic event added; {@code delays} if it can delay them; {@code everyStep} if it works in each step. */
    public record Dendrite(String name, boolean delays, double energy, double latency, boolean everyStep) { }

    /** Joules and seconds per synaptic event. */
    public record Synapse(String name, double energy, double latency) { }

    /** Joules and seconds per message. */
    public record Axon(String name, double energy, double latency) { }

    /** A core: at most {@code maxNeurons} neurons, one axon input and output, and units to choose from. */
    public record Core(String name, int maxNeurons, Axon in, Axon out, List<Soma> somas, List<Dendrite> dendrites, List<Synapse> synapses) { }

    /** Joules and seconds of a hop that leaves the tile, in the order of {@link Direction}, and the tile's cores. */
    public record Tile(String name, double[] hopEnergy, double[] hopLatency, List<Core> cores) { }

    /** Ways out of a tile. */
    public enum Direction { NORTH, EAST, SOUTH, WEST }

    /** @return seconds that synchronisation adds to a step with so many tiles in use */
    public double sync(int tilesInUse) {
        double time = 0;
        for (int i = 0; i < syncTiles.length && syncTiles[i] <= tilesInUse; i++) {
            time = syncTime[i];
        }
        return time;
    }

    /** @return the direction of the next hop from one tile towards another one, columns first */
    public Direction next(int tile, int to) {
        if (tile / height != to / height) {
            return tile / height < to / height ? Direction.EAST : Direction.WEST;
        }
        return tile % height < to % height ? Direction.NORTH : Direction.SOUTH;
    }

    /** @return the tile beside another one */
    public int neighbour(int tile, Direction direction) {
        return switch (direction) {
            case NORTH -> tile + 1;
            case SOUTH -> tile - 1;
            case EAST -> tile + height;
            case WEST -> tile - height;
        };
    }
}
