/** The {@code cycle} timing mode: each message of a step through the mesh, cycle by cycle, and into its core. */
package org.axongrid.emulator.cycle;
