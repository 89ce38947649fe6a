package org.axongrid.isa.microcode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axongrid.isa.InvalidInputException;

/** A line of a program, cut into words; knows where they stand. */
record SourceLine(String place, int number, List<Word> words) {
    /** @param column from 1 */
    record Word(String text, int column) { }

    /** Words are separated by blanks and commas; {@code =} is a word of its own. */
    private static final Pattern WORD = Pattern.compile("=|[^\\s,=]+");
    private static final int SHOWN = 40;

    static SourceLine of(String text, int number, String place) {
        int comment = text.indexOf(';');
        Matcher m = WORD.matcher(comment < 0 ? text : text.substring(0, comment));
        List<Word> words = new ArrayList<>();
        while (m.find()) {
            words.add(new Word(m.group().length() > SHOWN * 2 ? m.group().substring(0, SHOWN) + "..." : m.group(), m.start() + 1));
        }
        return new SourceLine(place, number, List.copyOf(words));
    }

    InvalidInputException error(Word word, String message) {
        return new InvalidInputException(place + ":" + number + ":" + word.column() + ": " + message);
    }

    int integer(Word word, int min, int max) {
        long value;
        try {
            value = Long.decode(word.text());
        } catch (NumberFormatException e) {
            throw error(word, "'" + word.text() + "' is no whole number");
        }
        if (value < min || value > max) {
            throw error(word, value + " is outside " + min + ".." + max);
        }
        return (int) value;
    }
}
