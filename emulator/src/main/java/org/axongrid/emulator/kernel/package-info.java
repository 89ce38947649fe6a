/**
 * The innermost loops of Loihi-style cores, by layout of the data: dense rows, scattered synapses, integrate-and-fire updates; and which of them run.
 * Each has a scalar twin, the choice {@link org.axongrid.emulator.kernel.Kernels#PLAIN}, which it is tested against.
 */
package org.axongrid.emulator.kernel;
