package org.axongrid.mapper.truenorth;

import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.place.Placement;

/**
 * A network on cores with a binary crossbar.
 *
 * @param strategy  order in which positions were dealt to cores
 * @param placement where each core is
 * @param image     ready to run
 * @param depths    by population: ticks by which it starts after the first layer
 * @param cores     by population: cores that hold its neurons, copies, relays and partial sums
 * @param inputs    by region of the image that takes biases: the population's neuron of each element
 * @param inputPopulation by region of the image that takes biases: the population
 * @param pinClass  by element of the readout region: class that it counts for
 * @param pinValue  by element of the readout region: what a spike adds to the class
 * @param use       what it takes
 */
public record TrueNorthMapping(String strategy, Placement placement, ChipImage image, int[] depths, int[] cores, List<int[]> inputs,
                               int[] inputPopulation, int[] pinClass, int[] pinValue, Use use) {
    /**
     * What a mapping takes.
     *
     * @param neurons    neurons of the network
     * @param relays     relays of the analog input's neurons
     * @param partial    gates of partial sums
     * @param readout    gates of the readout
     * @param clocks     sources of biases
     * @param copies     neurons beyond the first of each of these, so that each has one destination
     * @param lines      packets in a tick in which all send
     * @param hops       hops of these packets
     * @param crossings  of these packets, crossings between chips
     * @param mostHops   of the farthest
     * @param reach      columns or rows of the one that goes farthest in one direction
     * @param farthest   its layer
     */
    public record Use(long neurons, long relays, long partial, long readout, long clocks, long copies, long lines, long hops, long crossings,
                      int mostHops, int reach, String farthest) {
        /** @return all neurons on the chip */
        public long all() {
            return neurons + relays + partial + readout + clocks + copies;
        }

        /** @return neurons that are there only because a neuron has one destination: copies and relays */
        public long splitters() {
            return copies + relays;
        }
    }

    /** @return a sentence on the destination that is beyond the reach of addresses: layer, distance, limit, excess, what would fit; null if none is */
    public String beyondReach() {
        ChipSpec chip = image.chip();
        int limit = chip.get(ChipParameter.ADDRESS_REACH);
        if (use.reach() <= limit) {
            return null;
        }
        int side = (limit + 1) / chip.get(ChipParameter.MESH_WIDTH);
        return "layer " + use.farthest() + ": a destination is " + use.reach() + " columns or rows away, limit " + ChipParameter.ADDRESS_REACH.key() + " "
            + limit + ", " + (use.reach() - limit) + " too many; the network takes " + image.cores().size() + " cores, " + side + " chips side by side have "
            + side * (long) chip.coresPerChip()
            + "; another mapping or placement, fewer --weight-bits, a smaller network, or a chip description whose mesh is all the board's cores would fit";
    }
}
