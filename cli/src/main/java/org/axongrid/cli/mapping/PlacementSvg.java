package org.axongrid.cli.mapping;

import java.util.Locale;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.partition.CorePiece;

/** A placement as a picture: cores coloured by layer, links by the packets that pass over them. */
public final class PlacementSvg {
    private static final int TILE = 40;
    private static final int GAP = 22;
    private static final int MARGIN = 30;
    private static final int LEGEND = 190;

    /** Meshes with more tiles are drawn small, without links and tiles that nothing uses. */
    private static final int TILES_LARGE = 2048;

    private final Picture picture;
    private final Mesh mesh;
    private final boolean small;
    private final int tileSide;
    private final int gap;
    private final StringBuilder svg = new StringBuilder();

    private PlacementSvg(Picture picture) {
        this.picture = picture;
        mesh = picture.placement().mesh();
        small = mesh.tiles() > TILES_LARGE;
        tileSide = small ? TILE / 5 : TILE;
        gap = small ? GAP / 5 : GAP;
    }

    /**
     * What is in the picture.
     *
     * @param title      a line above it
     * @param chip       the chip
     * @param network    the network
     * @param placement  what it costs, on the mesh of all chips' tiles
     * @param traffic    packets between cores
     * @param tile       tile of that mesh by core
     * @param coreOf     number in the system by core
     * @param population by core what it works for; 0 for none
     */
    record Picture(String title, ChipSpec chip, Network network, PlacementMetrics placement, CoreTraffic traffic, int[] tile, int[] coreOf,
                   int[] population) { }

    /**
     * @param mapped  the mapping
     * @param chip    the chip
     * @param network the network
     * @return an SVG document
     */
    public static String of(ModelMapping.Mapped mapped, ChipSpec chip, Network network) {
        MappingRow row = mapped.row();
        String title = String.format(Locale.ROOT, "%s on %s: %s, %s, %d cores, %,d packets, %,d hop-weighted", network.name(), chip.name(), row.strategy(),
            row.placer(), row.partition().cores(), row.partition().packets(), row.placement().hopPackets());
        return of(new Picture(title, chip, network, row.placement(), mapped.traffic(), row.tile(), mapped.placement().coreOf(),
            mapped.partition().cores().stream().mapToInt(CorePiece::population).toArray()));
    }

    /** @return an SVG document */
    static String of(Picture picture) {
        return new PlacementSvg(picture).text();
    }

    private String text() {
        int layers = picture.network().populations().size() - 1;
        int width = 2 * MARGIN + mesh.width() * (tileSide + gap) + LEGEND;
        int height = 2 * MARGIN + Math.max(mesh.height() * (tileSide + gap), 20 * (layers + 3));
        put("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n", width, height);
        put("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        put("<text x=\"%d\" y=\"18\">%s</text>%n", MARGIN, escaped(picture.title()));
        links();
        cores(layers);
        int x = width - LEGEND;
        for (int p = 1; p <= layers; p++) {
            int y = MARGIN + 20 * p;
            put("<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n", x, y,
                colour(p, layers), x + 20, y + 11, escaped(picture.network().populations().get(p).name()));
        }
        put("<text x=\"%d\" y=\"%d\">links: pale 0, red %,d packets</text>%n", x, MARGIN + 20 * (layers + 1) + 11, picture.placement().maxLink());
        return svg.append("</svg>\n").toString();
    }

    private void links() {
        long[] load = PlacementMetrics.linkLoads(picture.traffic(), picture.tile(), mesh);
        long most = Math.max(1, picture.placement().maxLink());
        int[] dx = {1, -1, 0, 0};
        int[] dy = {0, 0, 1, -1};
        for (int t = 0; t < mesh.tiles(); t++) {
            for (int d = 0; d < 4; d++) {
                int column = t % mesh.width();
                int row = t / mesh.width();
                boolean outside = column + dx[d] < 0 || row + dy[d] < 0 || column + dx[d] >= mesh.width() || row + dy[d] >= mesh.height();
                if (outside || small && load[4 * t + d] == 0) {
                    continue;
                }
                // The two directions of a link lie side by side.
                double side = tileSide / 8.0 * (dx[d] + dy[d]);
                double x = left(column) + tileSide / 2.0 + dx[d] * tileSide / 2.0 + (dy[d] != 0 ? side : 0);
                double y = left(row) + tileSide / 2.0 + dy[d] * tileSide / 2.0 + (dx[d] != 0 ? side : 0);
                double heat = (double) load[4 * t + d] / most;
                put("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"hsl(0,%d%%,%d%%)\" stroke-width=\"%.1f\"/>%n",
                    x, y, x + dx[d] * gap, y + dy[d] * gap, Math.round(100 * Math.sqrt(heat)), Math.round(88 - 43 * Math.sqrt(heat)),
                    (1 + 6 * heat) * tileSide / TILE);
            }
        }
    }

    private void cores(int layers) {
        for (int t = 0; t < (small ? 0 : mesh.tiles()); t++) {
            put("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f4f4f4\" stroke=\"#999\"/>%n", left(t % mesh.width()),
                left(t / mesh.width()), tileSide, tileSide);
        }
        int perTile = picture.chip().get(ChipParameter.CORES_PER_TILE);
        int across = (int) Math.ceil(Math.sqrt(perTile));
        int size = Math.max(2, (tileSide - 2) / across);
        for (int c = 0; c < picture.tile().length; c++) {
            int tile = picture.tile()[c];
            int slot = picture.coreOf()[c] % perTile;
            put("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                left(tile % mesh.width()) + 1 + slot % across * size, left(tile / mesh.width()) + 1 + slot / across * size, size - 1, size - 1,
                picture.population()[c] == 0 ? "#444" : colour(picture.population()[c], layers));
        }
    }

    private int left(int column) {
        return MARGIN + column * (tileSide + gap);
    }

    private static String colour(int population, int layers) {
        return String.format(Locale.ROOT, "hsl(%d,65%%,%d%%)", 360 * (population - 1) / layers, population % 2 == 0 ? 45 : 60);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
