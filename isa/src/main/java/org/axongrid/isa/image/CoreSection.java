package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;

/** The section of an image file that holds one core; {@link ChipImageCodec} describes it. */
final class CoreSection {
    private static final int PROFILE_BYTES = 50;
    private static final int FORMAT_BYTES = 7;

    private CoreSection() { }

    static void write(LoihiCoreImage core, SectionWriter out) {
        out.i32(core.core());
        out.i32(core.profiles().size());
        for (NeuronProfile p : core.profiles()) {
            out.i32(p.currentDecay()).i32(p.voltageDecay()).i32(p.thresholdMantissa()).u8(p.reset().ordinal()).i32(p.refractoryDelay())
                .i32(p.vMin()).i32(p.vMax()).i32(p.biasExponent()).i32(p.startStep())
                .u8(p.noise().target().ordinal()).i32(p.noise().mantissaOffset()).i32(p.noise().exponent())
                .i32(p.program()).ints(p.constants().stream().mapToInt(i -> i).toArray());
        }
        out.bytes(core.profileOf()).ints(core.biasMantissa()).ints(core.initialV());
        out.i32(core.formats().size());
        for (SynapseFormat f : core.formats()) {
            out.u8(f.compression().ordinal()).u8(f.signMode().ordinal()).u8(f.weightBits()).u8(f.weightExponent() & 255).u8(f.delayBits())
                .u8(f.indexBits()).u8(f.shared() ? 1 : 0);
        }
        out.longs(core.synapseWords());
        out.ints(core.axonPointer()).ints(core.axonWords()).ints(core.axonAtoms()).ints(core.axonBase());
        out.ints(core.groupFirst()).ints(core.groupSize()).ints(core.groupOut());
        out.ints(core.outCore()).ints(core.outAxon()).ints(core.outDelay());
        out.i32(core.programs().size());
        core.programs().forEach(p -> ProgramSection.write(p, out));
        out.ints(core.initialState()).ints(core.axonInput()).ints(core.atomFactor()).i32(core.seed());
    }

    static LoihiCoreImage read(SectionReader in, SharedArrays shared) {
        int number = in.i32("core number");
        List<NeuronProfile> profiles = new ArrayList<>();
        int profileCount = in.count(PROFILE_BYTES, "profiles");
        for (int i = 0; i < profileCount; i++) {
            profiles.add(profile(in, i));
        }
        byte[] profileOf = in.bytes("profile numbers");
        int[] bias = in.ints("biases");
        int[] initialV = in.ints("initial voltages");
        List<SynapseFormat> formats = new ArrayList<>();
        int formatCount = in.count(FORMAT_BYTES, "synapse formats");
        for (int i = 1; i <= formatCount; i++) {
            formats.add(format(in, i));
        }
        LoihiCoreImage plain = new LoihiCoreImage(number, profiles, profileOf, bias, initialV, formats, shared.of(in.longs("synapse words")),
            shared.of(in.ints("axon pointers")), shared.of(in.ints("axon word counts")), shared.of(in.ints("axon atom counts")), in.ints("axon bases"),
            in.ints("first compartments of groups"), in.ints("sizes of groups"), in.ints("first output axons of groups"),
            in.ints("destination cores"), in.ints("destination axons"), in.ints("axon delays"));
        List<NeuronProgram> programs = new ArrayList<>();
        int programCount = in.count(ProgramSection.BYTES, "neuron programs");
        for (int i = 0; i < programCount; i++) {
            programs.add(ProgramSection.read(in, i));
        }
        return plain.with(programs, in.ints("initial states"), in.ints("accumulators of axons"), in.ints("factors of atoms"), in.i32("seed"));
    }

    private static NeuronProfile profile(SectionReader in, int number) {
        int currentDecay = in.i32("current decay");
        int voltageDecay = in.i32("voltage decay");
        int threshold = in.i32("threshold");
        NeuronProfile.Reset reset = in.constant(NeuronProfile.Reset.values(), "reset mode");
        int refractory = in.i32("refractory delay");
        int vMin = in.i32("lower v limit");
        int vMax = in.i32("upper v limit");
        int biasExponent = in.i32("bias exponent");
        int start = in.i32("start step");
        Noise.Target target = in.constant(Noise.Target.values(), "target of noise");
        int offset = in.i32("mantissa offset of noise");
        int noiseExponent = in.i32("exponent of noise");
        int program = in.i32("program");
        int[] constants = in.ints("constants");
        try {
            return new NeuronProfile(currentDecay, voltageDecay, threshold, reset, refractory, vMin, vMax, biasExponent, start,
                new Noise(target, offset, noiseExponent), program, Arrays.stream(constants).boxed().toList());
        } catch (IllegalArgumentException e) {
            throw in.error("profile " + number + ": " + e.getMessage(), e);
        }
    }

    private static SynapseFormat format(SectionReader in, int number) {
        SynapseFormat.Compression compression = in.constant(SynapseFormat.Compression.values(), "compression");
        SynapseFormat.SignMode signs = in.constant(SynapseFormat.SignMode.values(), "sign mode");
        int weightBits = in.u8("weight bits");
        int exponent = (byte) in.u8("weight exponent");
        int delayBits = in.u8("delay bits");
        int indexBits = in.u8("index bits");
        int shared = in.u8("shared flag");
        if (shared > 1) {
            throw in.error("synapse format " + number + ": shared flag is " + shared, null);
        }
        try {
            return new SynapseFormat(compression, signs, weightBits, exponent, delayBits, indexBits, shared == 1);
        } catch (IllegalArgumentException e) {
            throw in.error("synapse format " + number + ": " + e.getMessage(), e);
        }
    }
}
