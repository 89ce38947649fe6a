/** Benchmarks of what the emulator's core package keeps to itself. */
package org.axongrid.emulator.core;
