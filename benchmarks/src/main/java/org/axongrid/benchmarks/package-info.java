/** JMH benchmarks: the plain-loop baselines and the emulator kernels measured against them. */
package org.axongrid.benchmarks;
