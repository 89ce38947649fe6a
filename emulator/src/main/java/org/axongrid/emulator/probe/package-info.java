/** Recordings of single registers, step by step. */
package org.axongrid.emulator.probe;
