package org.axongrid.cli.conform;

/** A case is well-formed and not reproduced; the message says what differs first. */
final class CaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CaseFailure(String message) {
        super(message, null, false, false);
    }
}
