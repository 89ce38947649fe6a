/** Event counters: what the cores did, in integers, from which energy and time are computed afterwards. */
package org.axongrid.emulator.count;
