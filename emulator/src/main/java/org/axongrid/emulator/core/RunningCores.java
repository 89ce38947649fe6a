package org.axongrid.emulator.core;

/**
 * The cores of a running system.
 *
 * @param all    in image order
 * @param active by worker: those that it runs
 */
public record RunningCores(Neurocore[] all, ActiveCores[] active) { }
