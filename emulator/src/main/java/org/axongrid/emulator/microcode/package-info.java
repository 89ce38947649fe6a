/** The fast way to run neuron programs: each is compiled to a Java class of its own. */
package org.axongrid.emulator.microcode;
