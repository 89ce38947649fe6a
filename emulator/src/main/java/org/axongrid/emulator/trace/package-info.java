/** Traces to look at: what a system in the {@code cycle} mode did, as waveforms (VCD) and as tracks of slices (trace-event JSON). */
package org.axongrid.emulator.trace;
