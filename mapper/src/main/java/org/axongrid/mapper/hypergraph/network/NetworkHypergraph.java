package org.axongrid.mapper.hypergraph.network;

import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.VertexCoordinates;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.partition.CorePiece;

/**
 * The hypergraph of a network's populations other than its input, which is loaded as biases and sends no packets. A vertex is a chunk of
 * channels at a position, because a core holds chunks whole; a net is a vertex and all that its spikes reach. A vertex's colour is its
 * population and chunk: what a core may mix with it.
 */
public final class NetworkHypergraph {
    /** Spikes of a neuron in 1000 steps where no rates are known. */
    public static final int UNIFORM_RATE = 100;

    private final Hypergraph graph;
    private final int[] first;
    private final int[] chunk;
    private final int[] chunks;
    private final int[] colour;
    private final int[] firstColour;

    /**
     * @param network the network
     * @param chunk   by population: channels per core
     * @param rates   by population and neuron: spikes in 1000 steps; null for {@link #UNIFORM_RATE}
     */
    public NetworkHypergraph(Network network, int[] chunk, int[][] rates) {
        int populations = network.populations().size();
        this.chunk = chunk;
        first = new int[populations + 1];
        firstColour = new int[populations + 1];
        chunks = new int[populations];
        for (int p = 1; p < populations; p++) {
            Population of = network.populations().get(p);
            chunks[p] = (of.shape().channels() + chunk[p] - 1) / chunk[p];
            first[p + 1] = first[p] + of.shape().positions() * chunks[p];
            firstColour[p + 1] = firstColour[p] + chunks[p];
        }
        int[] weight = new int[first[populations]];
        colour = new int[weight.length];
        IntArrayList rate = new IntArrayList();
        IntArrayList start = new IntArrayList();
        IntArrayList pins = new IntArrayList();
        start.addInt(0);
        int[] seen = new int[weight.length];
        Arrays.fill(seen, -1);
        for (int p = 1; p < populations; p++) {
            int channels = network.populations().get(p).shape().channels();
            int source = p;
            List<Projection> out = network.projections().stream().filter(q -> q.source() == source).toList();
            for (int v = first[p]; v < first[p + 1]; v++) {
                int position = (v - first[p]) / chunks[p];
                int from = (v - first[p]) % chunks[p] * chunk[p];
                int end = Math.min(channels, from + chunk[p]);
                weight[v] = end - from;
                colour[v] = firstColour[p] + (v - first[p]) % chunks[p];
                int before = pins.size();
                pins.addInt(v);
                for (Projection q : out) {
                    reach(q, position, from, end, v, seen, pins);
                }
                if (pins.size() == before + 1) {
                    pins.removeAt(before);
                    continue;
                }
                int sum = 0;
                for (int c = from; c < end; c++) {
                    sum += rates == null ? UNIFORM_RATE : rates[p][position * channels + c];
                }
                rate.addInt(sum);
                start.addInt(pins.size());
            }
        }
        graph = new Hypergraph(weight, rate.toIntArray(), start.toIntArray(), pins.toIntArray());
    }

    private void reach(Projection q, int position, int from, int end, int source, int[] seen, IntArrayList pins) {
        int width = q.sourceShape().width();
        int to = q.target();
        int low = q.firstOutChannel(from) / chunk[to];
        int high = (q.firstOutChannel(end - 1) + q.outPerGroup() - 1) / chunk[to];
        q.forEachTap(position / width, position % width, (target, ky, kx) -> {
            for (int k = low; k <= high; k++) {
                int v = first[to] + target * chunks[to] + k;
                if (seen[v] != source) {
                    seen[v] = source;
                    pins.addInt(v);
                }
            }
        });
    }

    /** @return the hypergraph */
    public Hypergraph graph() {
        return graph;
    }

    /** @return by vertex: its population and chunk, numbered from 0 on */
    public int[] colour() {
        return colour;
    }

    /**
     * @param network the network that this is the hypergraph of
     * @return population, row, column and chunk of each vertex
     */
    public VertexCoordinates coordinates(Network network) {
        int[][] at = new int[4][colour.length];
        for (int p = 1; p < chunks.length; p++) {
            int width = network.populations().get(p).shape().width();
            for (int v = first[p]; v < first[p + 1]; v++) {
                int position = (v - first[p]) / chunks[p];
                at[0][v] = p;
                at[1][v] = position / width;
                at[2][v] = position % width;
                at[3][v] = (v - first[p]) % chunks[p];
            }
        }
        return new VertexCoordinates(at[0], at[1], at[2], at[3]);
    }

    /** @return position of a vertex in the map of its population */
    int positionOf(int vertex) {
        int p = 1;
        while (vertex >= first[p + 1]) {
            p++;
        }
        return (vertex - first[p]) / chunks[p];
    }

    /** Writes for each vertex of a population what its position has. */
    void setRanks(int p, int[] byPosition, int[] byVertex) {
        for (int v = first[p]; v < first[p + 1]; v++) {
            byVertex[v] = byPosition[(v - first[p]) / chunks[p]];
        }
    }

    /** @return the colour that a core with that piece takes */
    public int colourOf(CorePiece piece) {
        return firstColour[piece.population()] + piece.firstChannel() / chunk[piece.population()];
    }

    /** @return core by vertex, of cores that hold those pieces */
    public int[] partOf(List<CorePiece> pieces) {
        int[] part = new int[colour.length];
        for (int c = 0; c < pieces.size(); c++) {
            CorePiece piece = pieces.get(c);
            int p = piece.population();
            for (int position : piece.positions()) {
                part[first[p] + position * chunks[p] + piece.firstChannel() / chunk[p]] = c;
            }
        }
        return part;
    }

    /**
     * @param part  core by vertex, each core of the colour of its piece in {@code model}
     * @param model pieces that say which population and channels each core has
     * @return the pieces; those of cores without a vertex have no positions
     */
    public List<CorePiece> piecesOf(int[] part, List<CorePiece> model) {
        IntArrayList[] positions = new IntArrayList[model.size()];
        Arrays.setAll(positions, c -> new IntArrayList());
        for (int c = 0; c < model.size(); c++) {
            positions[c] = new IntArrayList();
        }
        for (int p = 1; p < chunks.length; p++) {
            for (int v = first[p]; v < first[p + 1]; v++) {
                positions[part[v]].addInt((v - first[p]) / chunks[p]);
            }
        }
        CorePiece[] pieces = new CorePiece[model.size()];
        Arrays.setAll(pieces, c -> new CorePiece(model.get(c).population(), model.get(c).firstChannel(), model.get(c).channels(),
            positions[c].toIntArray()));
        return List.of(pieces);
    }
}
