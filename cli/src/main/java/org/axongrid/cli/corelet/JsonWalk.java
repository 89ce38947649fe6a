package org.axongrid.cli.corelet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.axongrid.isa.InvalidInputException;

/**
 * A JSON file, plain or gzip, read token by token: comments and repeated keys are allowed, and nothing is held but what the caller keeps. Values may
 * follow each other at the top, as lines do in spike files.
 *
 * <p>The walk stands at a value. {@link #object} and {@link #array} go through it, the others take it; each is called once per value.
 */
public final class JsonWalk implements AutoCloseable {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    private static final int SHORT = 40;

    private final String place;
    private final InputStream in;
    private final JsonParser parser;

    /**
     * Opens a file and stands at its first value.
     *
     * @param file JSON, plain or gzip
     * @throws InvalidInputException if it cannot be read or is empty
     */
    public JsonWalk(Path file) {
        this(file.toString(), open(file));
        if (!next()) {
            throw new InvalidInputException(place + ": is empty");
        }
    }

    private JsonWalk(String place, InputStream in) {
        this.place = place;
        this.in = in;
        try {
            parser = FACTORY.createParser(in);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static InputStream open(Path file) {
        InputStream raw = null;
        try {
            raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new Limited(packed ? new GZIPInputStream(raw, 1 << 16) : raw);
        } catch (IOException e) {
            close(raw);
            throw new InvalidInputException(file + ": cannot be read: " + (!Files.exists(file) ? "no such file" : Files.isDirectory(file)
                ? "is a folder" : e.getMessage()), e);
        }
    }

    /** A small packed file must not fill the heap. */
    private static final class Limited extends FilterInputStream {
        private final long most = Runtime.getRuntime().maxMemory() / 8;
        private long taken;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int n = super.read(to, at, length);
            taken += Math.max(0, n);
            if (taken > most) {
                throw new IOException("more than " + (most >> 20) + " MiB of text, an eighth of the JVM's memory (see -Xmx)");
            }
            return n;
        }
    }

    /**
     * @param file JSON, plain or gzip
     * @return the first key of the object that the file starts with, and its value if that is a text, else ""; both "" for another file
     */
    public static String[] start(Path file) {
        try (JsonWalk in = new JsonWalk(file)) {
            if (!in.isObject() || in.advance() != JsonToken.FIELD_NAME) {
                return new String[] {"", ""};
            }
            String key = in.parser.currentName();
            in.advance();
            return new String[] {key, in.isText() ? in.text(key) : ""};
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** @return whether there is another value at the top, at which the walk then stands */
    public boolean next() {
        return advance() != null;
    }

    /**
     * Goes through an object.
     *
     * @param field called with each key, standing at its value, which it has to take or {@link #skip}
     */
    public void object(Consumer<String> field) {
        require(JsonToken.START_OBJECT, "an object");
        while (advance() == JsonToken.FIELD_NAME) {
            String name;
            try {
                name = parser.currentName();
            } catch (IOException e) {
                throw failed(e);
            }
            advance();
            field.accept(name);
        }
        require(JsonToken.END_OBJECT, "the end of an object");
    }

    /** Goes through an array: {@code element} is called standing at each element, which it has to take or {@link #skip}. */
    public void array(Runnable element) {
        require(JsonToken.START_ARRAY, "a list");
        while (advance() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw error("ends within a list: truncated");
            }
            element.run();
        }
    }

    /** Takes or leaves whatever stands here. */
    public void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** @return the integer that stands here */
    public long integer(String what, long min, long max) {
        try {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER && parser.getLongValue() >= min && parser.getLongValue() <= max) {
                    return parser.getLongValue();
                }
                throw error(what + " " + shortened(parser.getText()) + " is outside " + min + ".." + max);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        throw error(what + " is " + found() + ", expected an integer");
    }

    /** @return the integer that stands here */
    public int number(String what, long min, long max) {
        return (int) integer(what, min, max);
    }

    /** @return the yes or no that stands here: true, false, 1 or 0 */
    public boolean flag(String what) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(what, 0, 1) == 1;
            default -> throw error(what + " is " + found() + ", expected true, false, 0 or 1");
        };
    }

    /** @return the text that stands here */
    public String text(String what) {
        if (!isText()) {
            throw error(what + " is " + found() + ", expected a text");
        }
        try {
            return parser.getText();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** @return whether a text stands here */
    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** @return whether null stands here */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** @return whether an object starts here */
    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** @return what to throw for a problem at this place */
    public InvalidInputException error(String problem) {
        return error(line(), problem);
    }

    /** @return what to throw for a problem at a line */
    public InvalidInputException error(int line, String problem) {
        return new InvalidInputException(place + ": line " + line + ": " + problem);
    }

    /** @return the line at which the walk stands, from 1 */
    public int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** @return file name for messages */
    public String place() {
        return place;
    }

    /** @return a text from a file, cut so that it fits a message */
    public static String shortened(String text) {
        String cut = text.length() <= SHORT ? text : text.substring(0, SHORT) + "...";
        return cut.replaceAll("[^ -~]", "?");
    }

    private JsonToken advance() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void require(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw error("found " + found() + ", expected " + what);
        }
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end of the file";
        }
        try {
            return switch (token) {
                case START_OBJECT, END_OBJECT -> "an object";
                case START_ARRAY, END_ARRAY -> "a list";
                default -> "'" + shortened(parser.getText()) + "'";
            };
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private InvalidInputException failed(IOException e) {
        if (e instanceof JacksonException json) {
            String at = json.getLocation() == null ? "" : " line " + json.getLocation().getLineNr() + ":";
            return new InvalidInputException(place + ":" + at + " not valid JSON: "
                + json.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start marker.*", ""), e);
        }
        return new InvalidInputException(place + ": " + (e instanceof EOFException ? "the compressed data ends here: truncated"
            : "damaged or unreadable: " + e.getMessage()), e);
    }

    private static void close(InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
    }

    @Override
    public void close() {
        close(in);
    }
}
