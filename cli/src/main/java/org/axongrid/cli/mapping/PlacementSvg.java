package org.axongrid.cli.mapping;

import java.util.Locale;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.network.Network;

/** A placement as a picture: cores coloured by layer, links by the packets that pass over them. */
public final class PlacementSvg {
    private static final int TILE = 40;
    private static final int GAP = 22;
    private static final int MARGIN = 30;
    private static final int LEGEND = 190;

    private PlacementSvg() { }

    /**
     * @param mapped  the mapping
     * @param chip    the chip
     * @param network the network
     * @return an SVG document
     */
    public static String of(ModelMapping.Mapped mapped, ChipSpec chip, Network network) {
        Mesh mesh = mapped.row().placement().mesh();
        int layers = network.populations().size() - 1;
        int width = 2 * MARGIN + mesh.width() * (TILE + GAP) + LEGEND;
        int height = 2 * MARGIN + Math.max(mesh.height() * (TILE + GAP), 20 * (layers + 3));
        StringBuilder svg = new StringBuilder();
        put(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n",
            width, height);
        put(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        put(svg, "<text x=\"%d\" y=\"18\">%s on %s: %s, %s, %d cores, %,d packets, %,d hop-weighted</text>%n", MARGIN,
            escaped(network.name()),
            escaped(chip.name()), mapped.row().strategy(), mapped.row().placer(), mapped.row().partition().cores(),
            mapped.row().partition().packets(), mapped.row().placement().hopPackets());
        links(svg, mapped, mesh);
        cores(svg, mapped, chip, mesh, layers);
        int x = width - LEGEND;
        for (int p = 1; p <= layers; p++) {
            int y = MARGIN + 20 * p;
            put(svg, "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n", x, y,
                colour(p, layers), x + 20, y + 11, escaped(network.populations().get(p).name()));
        }
        put(svg, "<text x=\"%d\" y=\"%d\">links: pale 0, red %,d packets</text>%n", x, MARGIN + 20 * (layers + 1) + 11,
            mapped.row().placement().maxLink());
        return svg.append("</svg>\n").toString();
    }

    private static void links(StringBuilder svg, ModelMapping.Mapped mapped, Mesh mesh) {
        long[] load = PlacementMetrics.linkLoads(mapped.traffic(), mapped.row().tile(), mesh);
        long most = Math.max(1, mapped.row().placement().maxLink());
        int[] dx = {1, -1, 0, 0};
        int[] dy = {0, 0, 1, -1};
        for (int t = 0; t < mesh.tiles(); t++) {
            for (int d = 0; d < 4; d++) {
                int column = t % mesh.width();
                int row = t / mesh.width();
                if (column + dx[d] < 0 || row + dy[d] < 0 || column + dx[d] >= mesh.width() || row + dy[d] >= mesh.height()) {
                    continue;
                }
                // The two directions of a link lie side by side.
                double side = 5 * (dx[d] + dy[d]);
                double x = left(column) + TILE / 2.0 + dx[d] * TILE / 2.0 + (dy[d] != 0 ? side : 0);
                double y = left(row) + TILE / 2.0 + dy[d] * TILE / 2.0 + (dx[d] != 0 ? side : 0);
                double heat = (double) load[4 * t + d] / most;
                put(svg, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"hsl(0,%d%%,%d%%)\" stroke-width=\"%.1f\"/>%n",
                    x, y, x + dx[d] * GAP, y + dy[d] * GAP, Math.round(100 * Math.sqrt(heat)), Math.round(88 - 43 * Math.sqrt(heat)),
                    1 + 6 * heat);
            }
        }
    }

    private static void cores(StringBuilder svg, ModelMapping.Mapped mapped, ChipSpec chip, Mesh mesh, int layers) {
        for (int t = 0; t < mesh.tiles(); t++) {
            put(svg, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f4f4f4\" stroke=\"#999\"/>%n", left(t % mesh.width()),
                left(t / mesh.width()), TILE, TILE);
        }
        int perTile = chip.get(ChipParameter.CORES_PER_TILE);
        int across = (int) Math.ceil(Math.sqrt(perTile));
        int size = (TILE - 2) / across;
        for (int c = 0; c < mapped.partition().cores().size(); c++) {
            int tile = mapped.row().tile()[c];
            int slot = mapped.placement().coreOf()[c] % perTile;
            int population = mapped.partition().cores().get(c).population();
            put(svg, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                left(tile % mesh.width()) + 1 + slot % across * size, left(tile / mesh.width()) + 1 + slot / across * size, size - 1, size - 1,
                colour(population, layers));
        }
    }

    private static int left(int column) {
        return MARGIN + column * (TILE + GAP);
    }

    private static String colour(int population, int layers) {
        return String.format(Locale.ROOT, "hsl(%d,65%%,%d%%)", 360 * (population - 1) / layers, population % 2 == 0 ? 45 : 60);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void put(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
