/**
 * One neurocore: its image decoded for speed, its state, and what it does in a time-step (axon, synapses, compartments, axons out). All
 * state is structure-of-arrays.
 */
package org.axongrid.emulator.core;
