/**
 * Loops on the JDK's Vector API. Compiled apart from everything else and without {@code --release}, because the module that they need is an incubator;
 * {@link org.axongrid.emulator.kernel.VectorLoops} finds them by name where a JVM has it.
 */
package org.axongrid.emulator.kernel.vector;
