/**
 * Conformance vectors: what other emulators of the same chip computed, replayed on the emulated cores through a chip image and the engine, and
 * compared integer by integer.
 */
package org.axongrid.cli.conform;
