/**
 * A compatibility mode for SANA-FE's descriptions of chips and networks (Boyle et al., TCAD 2025): its neuron arithmetic, event counts, energy
 * per event, and its two models of a time-step's length. Rules were derived from that simulator's printed results, not from its code.
 */
package org.axongrid.emulator.sanafe;
