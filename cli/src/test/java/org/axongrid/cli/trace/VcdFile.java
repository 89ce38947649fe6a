package org.axongrid.cli.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;

/**
 * Reads value change dumps by IEEE 1364-2005, section 18.2 (four-state VCD), and checks what it asks for: declaration commands closed by
 * {@code $end}, unique identifier codes of printable characters, value changes of declared variables only, values no wider than their variable,
 * scalars without and vectors with a blank before the code, times that grow.
 */
final class VcdFile {
    private static final Set<String> TYPES = Set.of("event", "integer", "parameter", "real", "realtime", "reg", "supply0", "supply1", "time", "tri",
        "triand", "trior", "trireg", "tri0", "tri1", "wand", "wire", "wor");
    private static final Set<String> UNITS = Set.of("s", "ms", "us", "ns", "ps", "fs");

    /** A variable: its full name is the key of {@link #variables}. */
    record Variable(String type, int size, String code) { }

    /** One value change. */
    record Change(long time, long value) { }

    final Map<String, Variable> variables = new LinkedHashMap<>();
    final Map<String, List<Change>> changes = new LinkedHashMap<>();
    String timescale;
    long lastTime;

    static VcdFile read(Path file) throws IOException {
        VcdFile vcd = new VcdFile();
        try (Scanner in = new Scanner(Files.newBufferedReader(file))) {
            vcd.declarations(in);
            vcd.simulation(in);
        }
        return vcd;
    }

    private void declarations(Scanner in) {
        Deque<String> scopes = new ArrayDeque<>();
        Set<String> names = new HashSet<>();
        while (true) {
            String command = in.next();
            List<String> words = new ArrayList<>();
            for (String w = in.next(); !w.equals("$end"); w = in.next()) {
                words.add(w);
            }
            switch (command) {
                case "$version", "$comment", "$date" -> { }
                case "$timescale" -> {
                    timescale = String.join("", words);
                    String number = timescale.replaceAll("[a-z]+$", "");
                    require(Set.of("1", "10", "100").contains(number) && UNITS.contains(timescale.substring(number.length())), timescale);
                }
                case "$scope" -> {
                    require(words.size() == 2 && Set.of("module", "task", "function", "begin", "fork").contains(words.get(0)), "scope " + words);
                    require(words.get(1).matches("[A-Za-z_][A-Za-z0-9_$]*"), "scope " + words);
                    scopes.addLast(words.get(1));
                }
                case "$upscope" -> {
                    require(words.isEmpty() && !scopes.isEmpty(), "upscope");
                    scopes.removeLast();
                }
                case "$var" -> {
                    require(words.size() == 4 || words.size() == 5 && words.get(4).matches("\\[\\d+(:\\d+)?]"), "var " + words);
                    require(TYPES.contains(words.get(0)), "var " + words);
                    require(words.get(2).chars().allMatch(c -> c >= 33 && c <= 126), "code " + words);
                    Variable v = new Variable(words.get(0), Integer.parseInt(words.get(1)), words.get(2));
                    require(v.size() >= 1, "size " + words);
                    if (words.size() == 5) {
                        require(words.get(4).equals("[" + (v.size() - 1) + ":0]"), "range " + words);
                    }
                    require(changes.put(v.code(), new ArrayList<>()) == null, "code twice: " + words);
                    String name = String.join(".", scopes) + "." + words.get(3);
                    require(names.add(name), "name twice: " + name);
                    variables.put(name, v);
                }
                case "$enddefinitions" -> {
                    require(words.isEmpty() && scopes.isEmpty(), "enddefinitions");
                    require(timescale != null, "no timescale");
                    return;
                }
                default -> throw new AssertionError("command " + command);
            }
        }
    }

    private void simulation(Scanner in) {
        Map<String, Variable> byCode = new LinkedHashMap<>();
        variables.values().forEach(v -> byCode.put(v.code(), v));
        long now = -1;
        Set<String> dumped = null;
        while (in.hasNext()) {
            String word = in.next();
            char first = word.charAt(0);
            if (first == '#') {
                long time = Long.parseLong(word.substring(1));
                require(time > now, "time " + time + " after " + now);
                now = time;
            } else if (word.equals("$dumpvars")) {
                dumped = new HashSet<>();
            } else if (word.equals("$end")) {
                for (Variable v : variables.values()) {
                    require(v.type().equals("event") || dumped.contains(v.code()), "not dumped: " + v);
                }
            } else {
                require(now >= 0, "a value before the first time");
                boolean vector = first == 'b' || first == 'B';
                String code = vector ? in.next() : word.substring(1);
                String bits = vector ? word.substring(1) : word.substring(0, 1);
                Variable v = byCode.get(code);
                require(v != null, "unknown code " + code);
                require(bits.matches("[01]+"), "value " + word);
                require(bits.length() <= v.size() && (vector || v.size() == 1), "width of " + word + " for " + v);
                List<Change> list = changes.get(code);
                require(v.type().equals("event") || list.isEmpty() || list.get(list.size() - 1).value() != Long.parseLong(bits, 2),
                    "no change of " + v + " at " + now);
                list.add(new Change(now, Long.parseLong(bits, 2)));
                if (dumped != null) {
                    dumped.add(code);
                }
            }
        }
        require(dumped != null, "no $dumpvars");
        lastTime = now;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    List<Change> of(String name) {
        Variable v = variables.get(name);
        require(v != null, "no variable " + name + " in " + variables.keySet());
        return changes.get(v.code());
    }
}
