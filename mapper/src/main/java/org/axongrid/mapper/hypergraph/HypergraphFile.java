package org.axongrid.mapper.hypergraph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;

/**
 * Reads and writes hMETIS hypergraph files (Karypis and Kumar, hMETIS 1.5 manual), plain or gzipped: a line {@code nets vertices
 * [format]}, a line of pins per net, and a line per vertex with its weight where the format says so. Format 1 or 11: a net's line starts
 * with its rate. Format 10 or 11: vertices have weights. Pins count from 1, and here the first pin of a net is its source.
 */
public final class HypergraphFile {
    /** Fraction of the heap, 1/n, that pins may take: the partitioners need several times as much. */
    private static final int HEAP_SHARE = 32;

    private final NumberLines lines;
    private final int most = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    private int[] pins = new int[1024];
    private int count;

    private HypergraphFile(NumberLines lines) {
        this.lines = lines;
    }

    /**
     * @param path the file
     * @return the hypergraph
     * @throws InvalidInputException if the file cannot be read or is not one, naming file, line and cause
     */
    public static Hypergraph read(Path path) {
        try (NumberLines lines = NumberLines.open(path)) {
            return new HypergraphFile(lines).read();
        }
    }

    /**
     * Writes format 11: rates and vertex weights, the source of each net as its first pin.
     *
     * @param graph the hypergraph
     * @param to    where the text goes
     * @throws IOException if it cannot go there
     */
    public static void write(Hypergraph graph, Appendable to) throws IOException {
        to.append(graph.nets() + " " + graph.vertices() + " 11\n");
        StringBuilder line = new StringBuilder();
        for (int e = 0; e < graph.nets(); e++) {
            line.setLength(0);
            line.append(graph.rate(e));
            for (int i = graph.netStart(e); i < graph.netStart(e + 1); i++) {
                line.append(' ').append(graph.pin(i) + 1);
            }
            to.append(line.append('\n'));
        }
        for (int v = 0; v < graph.vertices(); v++) {
            line.setLength(0);
            to.append(line.append(graph.weight(v)).append('\n'));
        }
    }

    private Hypergraph read() {
        lines.nextLine("a line with the numbers of nets and vertices");
        int nets = lines.number("the number of nets", 0, most);
        int vertices = lines.number("the number of vertices", 1, most);
        int format = lines.more() ? lines.number("the format", 0, 11) : 0;
        if (format != 0 && format != 1 && format != 10 && format != 11) {
            throw lines.error("the format is " + format + ", known are 0, 1, 10 and 11");
        }
        lines.endOfLine("the format");
        int[] rate = new int[Math.min(nets, 1024)];
        int[] start = new int[Math.min(nets, 1024) + 1];
        for (int e = 0; e < nets; e++) {
            lines.nextLine("net " + (e + 1) + " of " + nets);
            if (e == rate.length) {
                rate = Arrays.copyOf(rate, Math.min(nets, 2 * e));
                start = Arrays.copyOf(start, rate.length + 1);
            }
            rate[e] = format % 10 == 1 ? lines.number("a rate", 0, Integer.MAX_VALUE) : 1;
            add(lines.number("the source", 1, vertices) - 1);
            while (lines.more()) {
                add(lines.number("a pin", 1, vertices) - 1);
            }
            start[e + 1] = count;
        }
        int[] weight;
        if (format >= 10) {
            weight = new int[Math.min(vertices, 1024)];
            for (int v = 0; v < vertices; v++) {
                lines.nextLine("the weight of vertex " + (v + 1) + " of " + vertices);
                if (v == weight.length) {
                    weight = Arrays.copyOf(weight, Math.min(vertices, 2 * v));
                }
                weight[v] = lines.number("a vertex's weight", 0, Integer.MAX_VALUE);
                lines.endOfLine("a vertex's weight");
            }
        } else {
            weight = new int[vertices];
            Arrays.fill(weight, 1);
        }
        lines.endOfFile("the last " + (format >= 10 ? "vertex" : "net"));
        return new Hypergraph(weight, rate, start, Arrays.copyOf(pins, count));
    }

    private void add(int vertex) {
        if (count == pins.length) {
            if (count >= most) {
                throw lines.error("more than " + count + " pins do not fit the JVM's memory (see -Xmx)");
            }
            pins = Arrays.copyOf(pins, (int) Math.min(most, 2L * count));
        }
        pins[count++] = vertex;
    }
}
