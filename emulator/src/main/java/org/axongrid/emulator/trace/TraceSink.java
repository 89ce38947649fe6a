package org.axongrid.emulator.trace;

import java.io.IOException;

/** A format that traces are written in. Calls come in the order layout, steps, end. */
public interface TraceSink {
    /**
     * @param layout what there is to trace
     * @throws IOException if it cannot be written
     */
    void begin(TraceLayout layout) throws IOException;

    /**
     * @param step a traced step; steps come in the order of time
     * @return events written for it
     * @throws IOException if it cannot be written
     */
    long step(StepFrame step) throws IOException;

    /**
     * @param endPs end of the trace
     * @throws IOException if it cannot be written
     */
    void end(long endPs) throws IOException;
}
