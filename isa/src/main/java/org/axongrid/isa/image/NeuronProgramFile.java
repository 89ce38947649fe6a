package org.axongrid.isa.image;

import java.nio.file.Path;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.microcode.NeuronProgram;

/**
 * An assembled neuron program as a file: the eight bytes {@code AXGNEURN}, the format version as int32 (1), and one section {@code PROG} framed
 * and laid out as programs are in chip images ({@link ChipImageCodec}).
 */
public final class NeuronProgramFile {
    private static final String MAGIC = "AXGNEURN";
    private static final int VERSION = 1;

    private NeuronProgramFile() { }

    /**
     * @param program any program
     * @param file    where to; replaced if it exists
     * @throws InvalidInputException if it cannot be written
     */
    public static void write(NeuronProgram program, Path file) {
        SectionFile.write(file, MAGIC, VERSION, out -> {
            SectionWriter section = new SectionWriter();
            ProgramSection.write(program, section);
            section.writeTo(out, "PROG");
        });
    }

    /**
     * @param file as {@link #write} makes it
     * @return the program
     * @throws InvalidInputException if it cannot be read or is damaged
     */
    public static NeuronProgram read(Path file) {
        return SectionFile.read(file, MAGIC, VERSION, "neuron program", sections -> {
            SectionReader section = sections.section("PROG", "PROG");
            NeuronProgram program = ProgramSection.read(section, 0);
            section.end();
            sections.end();
            return program;
        });
    }
}
