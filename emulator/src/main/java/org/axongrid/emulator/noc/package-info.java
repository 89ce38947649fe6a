/** The network on chip, cycle by cycle: the credit router XY1, its counters, and how a time-step is composed of compute, network and receive. */
package org.axongrid.emulator.noc;
