/** The lockstep engine: workers, the barrier between time-steps, single inferences and whole data sets. */
package org.axongrid.emulator.engine;
