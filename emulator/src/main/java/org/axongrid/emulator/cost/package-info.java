/** Prices and times what was counted, from cost profiles: energy of a run, times of a core's operations, time of a barrier. */
package org.axongrid.emulator.cost;
