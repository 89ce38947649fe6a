package org.axongrid.cli.sanafe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.axongrid.isa.InvalidInputException;

/** The text of a file, plain or gzip, and its YAML. */
public final class SourceText {
    /** Largest file in bytes, unpacked. */
    private static final int LARGEST = 1 << 26;
    /** Deepest nesting of YAML. */
    private static final int DEEPEST = 32;
    private static final YAMLFactory YAML = YAMLFactory.builder().loaderOptions(options()).build();

    private SourceText() { }

    private static org.yaml.snakeyaml.LoaderOptions options() {
        var options = new org.yaml.snakeyaml.LoaderOptions();
        options.setCodePointLimit(LARGEST);
        return options;
    }

    /** @return the file's text; {@link InvalidInputException} if it is missing, damaged, too large or no UTF-8 */
    public static String of(Path file) {
        try {
            byte[] raw;
            try (InputStream in = Files.newInputStream(file)) {
                raw = in.readNBytes(LARGEST + 1);
            }
            if (raw.length > 1 && raw[0] == 0x1f && raw[1] == (byte) 0x8b) {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                    raw = in.readNBytes(LARGEST + 1);
                }
            }
            if (raw.length > LARGEST) {
                throw new InvalidInputException(file + ": more than " + LARGEST + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + ": not a text file", e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
    }

    /** @return the YAML document; lines are counted from {@code firstLine} */
    static Node yaml(String text, String place, int firstLine) {
        try (JsonParser in = YAML.createParser(text)) {
            if (in.nextToken() == null) {
                throw new InvalidInputException(place + ": empty");
            }
            Node root = node(in, place, firstLine, 0);
            if (in.nextToken() != null) {
                throw new InvalidInputException(at(in, place, firstLine) + ": a second document");
            }
            return root;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? firstLine : e.getLocation().getLineNr() + firstLine - 1;
            throw new InvalidInputException(place + ": line " + line + ": not valid YAML: "
                + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof InvalidInputException known) {
                throw known;
            }
            throw new InvalidInputException(place + ": not valid YAML: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    private static String at(JsonParser in, String place, int firstLine) {
        return place + ": line " + (in.currentTokenLocation().getLineNr() + firstLine - 1);
    }

    private static Node node(JsonParser in, String place, int firstLine, int depth) throws IOException {
        String here = at(in, place, firstLine);
        if (depth > DEEPEST) {
            throw new InvalidInputException(here + ": nested too deeply");
        }
        if (in.currentToken() == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(in, place, firstLine, depth + 1));
            }
            return new Node(here, null, items, null);
        }
        if (in.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Node> entries = new LinkedHashMap<>();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String key = in.currentName();
                String keyPlace = at(in, place, firstLine);
                in.nextToken();
                if (entries.put(key, node(in, place, firstLine, depth + 1)) != null) {
                    throw new InvalidInputException(keyPlace + ": '" + Node.shown(key) + "' is given twice");
                }
            }
            return new Node(here, null, null, entries);
        }
        if (in.currentToken() == null) {
            throw new InvalidInputException(here + ": ends too early");
        }
        return Node.scalar(here, in.getText());
    }
}
