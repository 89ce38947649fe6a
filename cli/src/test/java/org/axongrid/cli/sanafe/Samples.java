package org.axongrid.cli.sanafe;

import java.util.Random;

/** Small descriptions of our own: a chip of 2x2 tiles with two cores each, whose costs are powers of two, and networks for it. */
final class Samples {
    static final String CHIP = """
        # Costs are chosen so that every sum tells its terms.
        architecture:
          name: sample
          attributes: {topology: mesh, width: 2, height: 2, link_buffer_size: 4, sync_model: table, latency_sync: {1: 10.0e-9, 2: 20.0e-9}}
          tile:
            - name: tile[0..3]
              attributes:
                energy_north_hop: 1000.0e-12
                latency_north_hop: 1000.0e-9
                energy_east_hop: 100.0e-12
                latency_east_hop: 100.0e-9
                energy_south_hop: 2000.0e-12
                latency_south_hop: 2000.0e-9
                energy_west_hop: 200.0e-12
                latency_west_hop: 200.0e-9
              core:
                - name: core[0..1]
                  attributes: {buffer_position: soma, buffer_inside_unit: false, max_neurons_supported: 64}
                  axon_in:
                    - name: in
                      attributes: {energy_message_in: 16.0e-12, latency_message_in: 16.0e-9}
                  synapse:
                    - name: syn
                      attributes: {model: current_based, energy_process_spike: 32.0e-12, latency_process_spike: 32.0e-9}
                  dendrite:
                    - name: den
                      attributes: {model: accumulator, energy_update: 0.0, latency_update: 0.0}
                  soma:
                    - name: lif
                      attributes:
                        - model: leaky_integrate_fire
                        - energy_access_neuron: 1.0e-12
                        - latency_access_neuron: 1.0e-9
                        - energy_update_neuron: 2.0e-12
                        - latency_update_neuron: 2.0e-9
                        - energy_spike_out: 4.0e-12
                        - latency_spike_out: 4.0e-9
                    - name: feed[0..1]
                      attributes: {model: input, energy_access_neuron: 0.0, latency_access_neuron: 0.0, energy_update_neuron: 0.0,
                        latency_update_neuron: 0.0, energy_spike_out: 0.0, latency_spike_out: 0.0}
                  axon_out:
                    - name: out
                      attributes: {energy_message_out: 8.0e-12, latency_message_out: 8.0e-9}
        """;

    static final String NETWORK = """
        network:
          name: sample
          groups:
            - name: a
              attributes: [threshold: 1.0, log_spikes: true]
              neurons:
                - 0: [bias: 2.0]
                - 1: [spikes: [0, 1, 1]]
            - name: b
              attributes: {threshold: 5, leak_decay: 0.75, log_potential: true, soma: {reset_mode: soft}}
              neurons: [0..3]
          edges:
            - a.0 -> b.0: [weight: 1]
            - a -> b: {type: sparse, source_target_pairs: [[1, 1], [1, 2]], weight: [3, -4], dendrite: {delay: [0, 0]}}
            - b -> b: {type: conv2d, input_height: 2, input_width: 2, input_channels: 1, kernel_count: 4, kernel_height: 2, kernel_width: 2,
                stride_height: 1, stride_width: 1, weight: 0.5}
        mappings:
          - a.0: [core: 0.0]
          - a.1: [core: 0.1, soma: 'feed[1]']
          - b: {core: 3.0}
        """;

    private Samples() { }

    /** @return a netlist of random neurons, synapses and places for the chip */
    static String netlist(Random random) {
        int neurons = 2 + random.nextInt(40);
        StringBuilder out = new StringBuilder("# random\ng " + neurons + " threshold=40 log_spikes=1 log_v=1\n");
        for (int n = 0; n < neurons; n++) {
            out.append("n 0.").append(n).append(" bias=").append(random.nextInt(4) * 9).append(" leak_decay=").append(random.nextInt(8) / 8.0 + 0.125)
                .append(random.nextBoolean() ? " reset_mode=soft" : "").append(" input_decay=").append(random.nextInt(3) * 0.25).append('\n');
        }
        for (int e = random.nextInt(6 * neurons); e > 0; e--) {
            out.append("e 0.").append(random.nextInt(neurons)).append("->0.").append(random.nextInt(neurons)).append(" weight=")
                .append(random.nextInt(60) - 25).append('\n');
        }
        for (int n = 0; n < neurons; n++) {
            out.append("& 0.").append(n).append('@').append(random.nextInt(4)).append('.').append(random.nextInt(2)).append('\n');
        }
        return out.toString();
    }
}
