package org.axongrid.cli.sanafe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.emulator.sanafe.SanafeMachine;
import org.axongrid.emulator.sanafe.SanafeNetwork;
import org.axongrid.emulator.sanafe.SanafeStep;
import org.junit.jupiter.api.Test;

/** What the machine counts, by hand and by law. */
class SanafeRunTest {
    private static final SanafeChip CHIP = ArchitectureReader.parse(Samples.CHIP, "chip");

    private static SanafeRun run(String network, int steps, SanafeMachine.Timing timing) {
        return SanafeRun.of(CHIP, net(network), steps, timing);
    }

    private static SanafeNetwork net(String network) {
        return NetworkBuilder.build(NetworkReader.draft(network, "net"), CHIP, "net");
    }

    @Test
    void oneMessageByHand() {
        String net = "g 2 threshold=1\nn 0.0 bias=2\nn 0.1 threshold=5\ne 0.0->0.1 weight=3\n& 0.0@0.0\n& 0.1@3.0\n";
        SanafeStep s = run(net, 1, SanafeMachine.Timing.DETAILED).steps().get(0);
        assertEquals(8e-12, s.somaEnergy, 1e-24, "two visits, an update, a spike");
        assertEquals(32e-12, s.synapseEnergy, 1e-24);
        assertEquals(8e-12 + 100e-12 + 1000e-12 + 16e-12, s.networkEnergy, 1e-23, "out, east, north, in");
        assertEquals(20e-9 + 48e-9, s.simpleTime, 1e-20, "barrier of two tiles, and the receiver's work");
        assertEquals(20e-9 + 15e-9 + 1100e-9 + 48e-9, s.time, 1e-20, "sent after 1 + 2 + 4 + 8, two hops, received");
        assertEquals("1 1 1 2 1", s.fired + " " + s.updated + " " + s.packets + " " + s.hops + " " + s.events);
    }

    @Test
    void potentialsAreCutTowardsZeroBehindTheLeak() {
        String net = "g 2 threshold=100 log_v=1 leak_decay=0.75\nn 0.0 bias=0.1\nn 0.1 bias=-0.1\n& 0.0@0.0\n& 0.1@0.0\n";
        // 0.075 * 64 = 4.8, cut to 4: 0.0625 + 0.1.
        assertEquals("timestep,neuron 0.0,neuron 0.1,\n1,0.1,-0.1,\n2,0.1625,-0.1625,\n", run(net, 2, SanafeMachine.Timing.SIMPLE).potentials());
    }

    @Test
    void inputsSpikeFromTheirListAndSynapsesActAStepLater() {
        SanafeRun run = run(Samples.NETWORK, 4, SanafeMachine.Timing.SIMPLE);
        assertEquals("neuron,timestep\na.0,1\na.0,2\na.1,2\na.0,3\na.1,3\na.0,4\n", run.spikes());
        assertEquals("3,1.75,3,-4,0,", run.potentials().lines().skip(3).findFirst().orElseThrow());
    }

    @Test
    void lawsOfRandomNetworks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String text = Samples.netlist(random);
            String why = "seed " + seed + ", network " + i;
            SanafeRun simple = run(text, 20, SanafeMachine.Timing.SIMPLE);
            SanafeRun detailed = run(text, 20, SanafeMachine.Timing.DETAILED);
            assertEquals(simple.spikes(), detailed.spikes(), why);
            assertEquals(simple.potentials(), detailed.potentials(), why);
            assertEquals(SanafeReport.json(detailed), SanafeReport.json(run(text, 20, SanafeMachine.Timing.DETAILED)), why);
            SanafeNetwork net = net(text);
            SanafeMachine machine = new SanafeMachine(CHIP, net, SanafeMachine.Timing.DETAILED);
            for (int t = 0; t < 20; t++) {
                SanafeStep s = machine.step();
                SanafeStep other = simple.steps().get(t);
                assertEquals(other.energy(), s.energy(), 0, why);
                assertEquals(other.time, s.simpleTime, 0, why);
                assertTrue(s.time >= other.time * (1 - 1e-12), why + ": detailed is no shorter than simple");
                long events = 0;
                long packets = 0;
                for (int n = 0; n < net.neurons(); n++) {
                    if (machine.fired(n)) {
                        packets += net.firstMessage[n + 1] - net.firstMessage[n];
                        events += net.firstSynapse[net.firstMessage[n + 1]] - net.firstSynapse[net.firstMessage[n]];
                    }
                }
                assertEquals(events, s.events, why);
                assertEquals(packets, s.packets, why);
                assertEquals(events * 32e-12, s.synapseEnergy, 1e-18, why);
            }
        }
    }
}
