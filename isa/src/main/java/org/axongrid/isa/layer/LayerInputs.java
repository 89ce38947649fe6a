package org.axongrid.isa.layer;

import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The input axons of one core for the synapses of one layer, and what the lists of their atoms take. Cores whose tables are equal share one object.
 *
 * <p>An <em>entry</em> is a range of source channels at one source position whose lists take the same. Entries of a position ascend over all channels that have
 * axons.
 *
 * @param axons      number of axons
 * @param slot       by axon: number of the position among {@code position}
 * @param position   source positions that reach the core, ascending
 * @param entryFirst by position: its first entry; one element more
 * @param from       by entry: first channel
 * @param to         by entry: one after the last channel
 * @param words      by entry: words that reading one list takes, the end mark included
 * @param synapses   by entry: synapses of one list
 * @param kind       what a synaptic operation is
 */
public record LayerInputs(int axons, int[] slot, int[] position, int[] entryFirst, int[] from, int[] to, int[] words, int[] synapses,
                          SynapseFormat.Kind kind) {
    /** @return the entry of a channel at the position of an axon */
    public int entry(int axon, int channel) {
        int e = entryFirst[slot[axon]];
        while (channel >= to[e]) {
            e++;
        }
        return e;
    }
}
