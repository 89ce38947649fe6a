/**
 * Neuron microcode: the integer instruction set that programmable neurocores run for each compartment in each time-step, its text form, its
 * encoding, and the interpreter that defines what it means.
 */
package org.axongrid.isa.microcode;
