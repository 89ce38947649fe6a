package org.axongrid.cli.validate;

/**
 * One published figure beside ours.
 *
 * @param id        number of the check, as V1
 * @param claim     what was published, with the conditions
 * @param source    where
 * @param ours      what the emulator says, with its unit
 * @param deviation ours relative to the claim, less 1; NaN where the two cannot be divided
 * @param verdict   whether they agree
 * @param remark    what was run, what is assumed, what is not known
 */
public record Check(String id, String claim, String source, String ours, double deviation, Verdict verdict, String remark) {
    /** How ours stands to what was published. */
    public enum Verdict {
        /** Within the check's tolerance, all inputs known. */
        AGREES("agrees"),
        /** Outside it. */
        DIFFERS("DIFFERS"),
        /** Inputs are unpublished; the claim lies within what the model allows for. */
        POSSIBLE("possible, inputs unpublished"),
        /** Inputs are unpublished, and the model allows for no such figure. */
        IMPOSSIBLE("IMPOSSIBLE by our model");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** @return words for a table */
        public String text() {
            return text;
        }
    }

    /** @return a check with all inputs known, by how far ours is off */
    static Check within(String id, String claim, String source, double claimed, double ours, String oursText, double tolerance, String remark) {
        double deviation = ours / claimed - 1;
        return new Check(id, claim, source, oursText, deviation, Math.abs(deviation) <= tolerance ? Verdict.AGREES : Verdict.DIFFERS, remark);
    }

    /** @return a check whose inputs are not all known, by whether the claim can be */
    static Check possible(String id, String claim, String source, String ours, boolean possible, String remark) {
        return new Check(id, claim, source, ours, Double.NaN, possible ? Verdict.POSSIBLE : Verdict.IMPOSSIBLE, remark);
    }

    /** @return whether the model contradicts the claim */
    public boolean isAgainst() {
        return verdict == Verdict.DIFFERS || verdict == Verdict.IMPOSSIBLE;
    }
}
