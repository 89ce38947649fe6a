package org.axongrid.mapper.hypergraph;

/**
 * What a placement costs, exactly: one packet per destination core, dimension-ordered routing, columns first (project reference on mapping,
 * section 1).
 *
 * @param mesh       the mesh
 * @param hopPackets sum over pairs of cores of packets times hops
 * @param maxHops    hops of the farthest pair that has a packet
 * @param maxLink    packets over the busiest directed link
 * @param meanLink   packets over a link, mean over all of the mesh
 * @param packets    packets between cores
 */
public record PlacementMetrics(Mesh mesh, long hopPackets, int maxHops, long maxLink, double meanLink, long packets) {
    /** Directions of a link as seen from the tile that it leaves. */
    private enum Direction { EAST, WEST, SOUTH, NORTH }

    /**
     * @param traffic packets between cores
     * @param tile    tile by core, each tile at most once
     * @param mesh    the mesh
     * @return the costs
     */
    public static PlacementMetrics of(CoreTraffic traffic, int[] tile, Mesh mesh) {
        long[] load = linkLoads(traffic, tile, mesh);
        long hops = 0;
        long packets = 0;
        int far = 0;
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                int d = mesh.distance(tile[a], tile[traffic.to()[i]]);
                hops += traffic.packets()[i] * d;
                packets += traffic.packets()[i];
                far = Math.max(far, d);
            }
        }
        long max = 0;
        long sum = 0;
        for (long l : load) {
            max = Math.max(max, l);
            sum += l;
        }
        return new PlacementMetrics(mesh, hops, far, max, mesh.links() == 0 ? 0 : (double) sum / mesh.links(), packets);
    }

    /** @return packets over each directed link: entry {@code 4 * tile + direction}, directions east, west, south, north */
    public static long[] linkLoads(CoreTraffic traffic, int[] tile, Mesh mesh) {
        long[] load = new long[4 * mesh.tiles()];
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                int to = tile[traffic.to()[i]];
                int x = tile[a] % mesh.width();
                int y = tile[a] / mesh.width();
                int toX = to % mesh.width();
                int toY = to / mesh.width();
                while (x != toX) {
                    Direction d = toX > x ? Direction.EAST : Direction.WEST;
                    load[4 * (y * mesh.width() + x) + d.ordinal()] += traffic.packets()[i];
                    x += toX > x ? 1 : -1;
                }
                while (y != toY) {
                    Direction d = toY > y ? Direction.SOUTH : Direction.NORTH;
                    load[4 * (y * mesh.width() + x) + d.ordinal()] += traffic.packets()[i];
                    y += toY > y ? 1 : -1;
                }
            }
        }
        return load;
    }

    /** @return hops of a packet, mean over all */
    public double meanHops() {
        return (double) hopPackets / Math.max(1, packets);
    }

    /** @return 1.1 hop-weighted packets + 0.1 packets: the energy of Jin et al., unit profile */
    public double energyJin() {
        return 1.1 * hopPackets + 0.1 * packets;
    }
}
