/**
 * Many inputs in lockstep, layer by layer: what the cores of a layer do is computed for all of them, all their time-steps and a batch of inputs at once, so that a
 * layer's weights are fetched once for the batch. Spikes, counts by core and the times of the {@code fast} mode are those of {@code emulator.engine}, bit for bit
 * ({@code LayersEqualCoresTest}).
 */
package org.axongrid.emulator.layer;
