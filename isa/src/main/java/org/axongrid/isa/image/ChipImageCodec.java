package org.axongrid.isa.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.fixed.Arithmetic;

/**
 * Reads and writes chip image files.
 *
 * <p>A file is the eight bytes {@code AXGIMAGE}, the format version as int32 (3), and sections. A section is a tag of four ASCII letters, the
 * length of its content as int64, the content, and the CRC-32C of all three as int32. Integers are little-endian, signed, two's complement;
 * a text or array is its number of bytes or elements as int32 and then these. The sections, in this order:
 *
 * <ul>
 *   <li>{@code HEAD}: name (UTF-8), chips, depth, number of cores, number of regions, number of ports (int32 each), arithmetic as byte 0 nengo-loihi,
 *       1 lava, 2 brian2loihi
 *   <li>{@code CHIP}: the chip's description, a text as of {@link ChipSpecs#write}
 *   <li>{@code CORE}, one for each core: its number; profiles (count, then per profile: current decay, voltage decay, threshold mantissa
 *       as int32, reset as byte 0 none, 1 hard, 2 soft, then refractory delay, v minimum, v maximum, bias exponent, start step as int32; noise target as
 *       byte 0 none, 1 dendrite, 2 membrane, its mantissa offset and exponent as int32; program as int32, -1 if native, constants as int32 array);
 *       profile of each compartment (byte array), bias mantissas, initial voltages (int32 arrays); synapse formats (count, then per format
 *       seven bytes: compression 0 dense, 1 sparse; signs 0 mixed, 1 excitatory, 2 inhibitory; weight bits; weight exponent, signed; delay
 *       bits; index bits; 1 if shared, else 0); synapse words (int64 array); then the int32 arrays of {@link LoihiCoreImage} from
 *       {@code axonPointer} to {@code outDelay}, in its order; neuron programs (count, then per program: name; state words: count, then name,
 *       bits, edge as byte 0 saturate, 1 wrap, initial value; constants: count, then name, byte 1 if it has a default, default; inputs: count, then
 *       names; instructions as int64 array); initial states, accumulators of axons, factors of atoms (int32 arrays), seed
 *   <li>{@code TNCR} instead of {@code CORE} for each core of a chip with TrueNorth-style cores: number, seed (int32); rules as three bytes, zero
 *       crossing 0 plain, 1 clamp; overflow 0 saturate, 1 nemo; negative compare 0 below, 1 at or below; axon types (byte array), crossbar rows
 *       (int64 array); parameters (count, then per set: four weights as int32, stochastic weights as bits 0 to 3 of a byte, leak as int32, a byte
 *       with bit 0 stochastic leak, bit 1 leak reversal, bit 2 saturates; threshold, negative threshold, mask bits as int32, reset as byte 0 to
 *       value, 1 linear, 2 none; reset value, initial v as int32); then the int32 arrays of {@link TrueNorthCoreImage} from {@code parameterOf} to
 *       {@code destDelay}, in its order
 *   <li>{@code REGN}, one for each region: name, role as byte 0 hidden, 1 bias input, 2 readout, core indices, compartments (int32 arrays)
 *   <li>{@code PORT}, one for each spike port: name, then the int32 arrays of {@link SpikePort} in its order
 *   <li>{@code DONE}: empty; the file ends after it
 * </ul>
 *
 * <p>Reading is strict: anything else is an error. It does not look into the tables; that is {@link ChipImageValidator}'s part.
 */
public final class ChipImageCodec {
    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 3;
    private static final String MAGIC = "AXGIMAGE";
    private static final String NOUN = "chip image";
    private static final int FRAME_BYTES = 16;

    private ChipImageCodec() { }

    /**
     * Writes an image, first beside the file and then, when it is whole, in its place.
     *
     * @param image any image
     * @param file  where to; replaced if it exists
     * @throws InvalidInputException if it cannot be written
     */
    public static void write(ChipImage image, Path file) {
        SectionFile.write(file, MAGIC, VERSION, out -> sections(image, out));
    }

    /** Writes an image to a stream. */
    public static void write(ChipImage image, OutputStream out) throws IOException {
        SectionFile.writeHeader(out, MAGIC, VERSION);
        sections(image, out);
    }

    private static void sections(ChipImage image, OutputStream out) throws IOException {
        SectionWriter section = new SectionWriter();
        section.text(image.name()).i32(image.chips()).i32(image.depth()).i32(image.cores().size()).i32(image.regions().size())
            .i32(image.ports().size()).u8(image.arithmetic().ordinal());
        section.writeTo(out, "HEAD");
        section.text(ChipSpecs.write(image.chip())).writeTo(out, "CHIP");
        for (CoreImage core : image.cores()) {
            if (core instanceof TrueNorthCoreImage trueNorth) {
                TrueNorthSection.write(trueNorth, section);
                section.writeTo(out, "TNCR");
            } else if (core instanceof LoihiCoreImage loihi) {
                CoreSection.write(loihi, section);
                section.writeTo(out, "CORE");
            }
        }
        for (Region r : image.regions()) {
            section.text(r.name()).u8(r.role().ordinal()).ints(r.core()).ints(r.compartment()).writeTo(out, "REGN");
        }
        for (SpikePort p : image.ports()) {
            section.text(p.name()).ints(p.first()).ints(p.core()).ints(p.axon()).ints(p.atom()).writeTo(out, "PORT");
        }
        section.writeTo(out, "DONE");
    }

    /**
     * @param file an image file
     * @return the image, not validated
     * @throws InvalidInputException if it cannot be read, naming the section, the byte and the cause
     */
    public static ChipImage read(Path file) {
        return SectionFile.read(file, MAGIC, VERSION, NOUN, ChipImageCodec::image);
    }

    /**
     * @param in    an image file's bytes
     * @param size  how many there are
     * @param place for messages
     * @return the image, not validated
     */
    public static ChipImage read(InputStream in, long size, String place) throws IOException {
        return image(new SectionFile(in, size, place, MAGIC, VERSION, NOUN));
    }

    private static ChipImage image(SectionFile file) throws IOException {
        SectionReader head = file.section("HEAD", "HEAD");
        String name = head.text("name");
        int chips = head.i32("number of chips");
        int depth = head.i32("depth");
        int coreCount = head.i32("number of cores");
        int regionCount = head.i32("number of regions");
        int portCount = head.i32("number of ports");
        Arithmetic arithmetic = head.constant(Arithmetic.values(), "arithmetic");
        head.end();
        // A frame per section is the least they take, so a count beyond that is wrong whatever follows.
        if (coreCount < 0 || regionCount < 0 || portCount < 0
            || (long) coreCount + regionCount + portCount > file.remaining() / FRAME_BYTES) {
            throw new InvalidInputException(file.place() + ": section HEAD: " + coreCount + " cores, " + regionCount + " regions and " + portCount
                + " ports do not fit the " + file.remaining() + " bytes that follow");
        }
        SectionReader description = file.section("CHIP", "CHIP");
        ChipSpec chip = ChipSpecs.parse(description.text("chip description"), file.place() + ": section CHIP");
        description.end();
        List<CoreImage> cores = new ArrayList<>();
        SharedArrays shared = new SharedArrays();
        for (int i = 0; i < coreCount; i++) {
            String tag = chip.coreModel() == CoreModel.TRUENORTH ? "TNCR" : "CORE";
            SectionReader section = file.section(tag, tag + " " + (i + 1) + " of " + coreCount);
            cores.add(chip.coreModel() == CoreModel.TRUENORTH ? TrueNorthSection.read(section) : CoreSection.read(section, shared));
            section.end();
        }
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < regionCount; i++) {
            SectionReader section = file.section("REGN", "REGN " + (i + 1) + " of " + regionCount);
            regions.add(new Region(section.text("name"), section.constant(Region.Role.values(), "role"), section.ints("core indices"),
                section.ints("compartments")));
            section.end();
        }
        List<SpikePort> ports = new ArrayList<>();
        for (int i = 0; i < portCount; i++) {
            SectionReader section = file.section("PORT", "PORT " + (i + 1) + " of " + portCount);
            ports.add(new SpikePort(section.text("name"), section.ints("first destinations"), section.ints("core indices"),
                section.ints("axons"), section.ints("atoms")));
            section.end();
        }
        file.section("DONE", "DONE").end();
        file.end();
        return new ChipImage(name, chip, chips, cores, regions, ports, depth, arithmetic);
    }
}
