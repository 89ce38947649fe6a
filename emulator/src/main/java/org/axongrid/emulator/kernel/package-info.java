/**
 * The innermost loops of Loihi-style cores, by layout of the data: dense rows, scattered synapses, integrate-and-fire updates; and which of them run:
 * plain ones, or those of the Vector API behind {@link org.axongrid.emulator.kernel.VectorLoops}. Each has a scalar twin, the choice
 * {@link org.axongrid.emulator.kernel.Kernels#PLAIN}, which it is tested against.
 */
package org.axongrid.emulator.kernel;
