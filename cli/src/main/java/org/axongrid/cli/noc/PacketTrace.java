package org.axongrid.cli.noc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.axongrid.isa.InvalidInputException;

/** Packets to be offered to a mesh, in order of their offers. Immutable. */
public final class PacketTrace {
    private static final long CYCLE_MAX = 1L << 40;
    private static final List<String> COLUMNS = List.of("id", "src", "dst", "inject");

    /**
     * One packet.
     *
     * @param id     its name in the file
     * @param source router of its sender
     * @param destination router of its receiver
     * @param inject cycle of its offer
     */
    public record Packet(long id, int source, int destination, long inject) { }

    private final List<Packet> packets;

    private PacketTrace(List<Packet> packets) {
        this.packets = packets;
    }

    /** @return the packets, by cycle of their offer, in file order within a cycle */
    public List<Packet> packets() {
        return packets;
    }

    /**
     * Reads a CSV file with a header line that names at least the columns id, src, dst and inject.
     *
     * @param file    the file
     * @param routers routers of the mesh
     * @return the packets
     * @throws InvalidInputException naming file and line for anything that is not such a file, off the grid or negative
     */
    public static PacketTrace read(Path file, int routers) {
        List<Packet> packets = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String header = in.readLine();
            int[] at = header == null ? new int[] {-1} : columns(header);
            if (Arrays.stream(at).anyMatch(i -> i < 0)) {
                throw new InvalidInputException(file + ": line 1: expected a header with the columns " + String.join(",", COLUMNS));
            }
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    packets.add(packet(line.split(",", -1), at, routers, file + ": line " + number));
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file", e);
        } catch (MalformedInputException e) {
            throw new InvalidInputException(file + ": not a text file", e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
        packets.sort(Comparator.comparingLong(Packet::inject));
        return new PacketTrace(List.copyOf(packets));
    }

    private static int[] columns(String header) {
        List<String> names = Arrays.stream(header.split(",")).map(String::strip).toList();
        return COLUMNS.stream().mapToInt(names::indexOf).toArray();
    }

    private static Packet packet(String[] cells, int[] at, int routers, String place) {
        long[] values = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            try {
                values[i] = Long.parseLong(cells[at[i]].strip());
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new InvalidInputException(place + ": no whole number in column " + COLUMNS.get(i), e);
            }
        }
        for (int i = 1; i <= 2; i++) {
            if (values[i] < 0 || values[i] >= routers) {
                throw new InvalidInputException(place + ": " + COLUMNS.get(i) + " " + values[i] + " is off the grid of " + routers + " routers");
            }
        }
        if (values[3] < 0) {
            throw new InvalidInputException(place + ": inject " + values[3] + " is a negative cycle");
        }
        if (values[3] > CYCLE_MAX) {
            throw new InvalidInputException(place + ": inject " + values[3] + " is beyond cycle " + CYCLE_MAX);
        }
        return new Packet(values[0], (int) values[1], (int) values[2], values[3]);
    }
}
