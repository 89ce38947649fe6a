package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a trained QCFS network from an ONNX file.
 *
 * <p>Batch norm, constants, padding and average pooling are folded exactly (in double precision) into the projections; activations are
 * recognised by what they compute, not by names. What cannot be expressed exactly is refused, all such nodes in one message.
 */
public final class OnnxImporter {
    private static final int OLDEST_OPSET = 7;
    private static final int MOST_LISTED = 20;

    /** Marks messages that no check of ours has written; tests look for it. */
    static final String UNEXPECTED = "the model cannot be interpreted";

    private OnnxImporter() {
    }

    /**
     * @param path the model
     * @return the network, named after the file
     * @throws InvalidInputException if the file is damaged, is no ONNX model, or holds a network that cannot be imported exactly; the message
     *                               names the file and the place
     */
    public static Network read(Path path) {
        return read(path, new ArrayList<>());
    }

    /**
     * @param path  the model
     * @param notes receives remarks for the user, such as a softmax dropped at the output
     * @return the network, named after the file
     * @throws InvalidInputException as {@link #read(Path)}
     */
    public static Network read(Path path, List<String> notes) {
        String file = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        try {
            OnnxModel model = OnnxWireReader.read(path);
            if (model.opset() < OLDEST_OPSET) {
                throw new InvalidInputException(file + ": operator set " + model.opset() + ", " + OLDEST_OPSET
                    + " or newer is supported; export the model again");
            }
            return network(file, model, notes);
        } catch (Refusal e) {
            throw new InvalidInputException(file + ": " + e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            // The contract classes' own checks; whatever reaches them comes from the file.
            throw new InvalidInputException(file + ": " + e.getMessage(), e);
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            // A gap in our checks; the user still gets one line that names the file.
            throw new InvalidInputException(file + ": " + UNEXPECTED + " (" + e + ")", e);
        } catch (OutOfMemoryError e) {
            throw new InvalidInputException(file + ": the network needs more memory than the JVM has ("
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB); raise it with -Xmx", e);
        }
    }

    static String listed(Set<String> problems) {
        List<String> all = new ArrayList<>(problems);
        String text = String.join("; ", all.subList(0, Math.min(all.size(), MOST_LISTED)));
        return all.size() > MOST_LISTED ? text + "; and " + (all.size() - MOST_LISTED) + " more" : text;
    }

    /** What projections cannot say in front of the first activation the host computes; it is asked for as little as possible, tensor by tensor. */
    private static Network network(String file, OnnxModel model, List<String> notes) {
        List<String> own = new ArrayList<>();
        GraphInterpreter interpreter = new GraphInterpreter(model.graph(), own);
        List<Source> sources = interpreter.run();
        Set<String> hosted = new HashSet<>();
        boolean again = !interpreter.problems().isEmpty();
        while (again) {
            own.clear();
            interpreter = new GraphInterpreter(model.graph(), own, false, hosted);
            sources = interpreter.run();
            again = interpreter.wanted() != null && hosted.add(interpreter.wanted());
        }
        if (!interpreter.problems().isEmpty()) {
            throw new InvalidInputException(file + ": cannot be imported: " + listed(interpreter.problems()));
        }
        Network network = NetworkBuilder.of(file.replaceFirst("(?i)\\.onnx$", ""), sources, interpreter, own);
        notes.addAll(own);
        return network;
    }
}
