package org.axongrid.isa;

/**
 * Something the user supplied cannot be used: a file, a model, an option, a network that does not fit.
 *
 * <p>The message is one line that names the place (file and position, layer, core), the limit and by how much it is missed; the command
 * line prints it as it is and exits with 1. Programming errors use the JDK's own exceptions instead.
 */
public class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that a user can act on */
    public InvalidInputException(String message) {
        super(message);
    }

    /**
     * @param message one line that a user can act on
     * @param cause   what was caught; shown with {@code --debug} only
     */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
