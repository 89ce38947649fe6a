/** Quantised networks on cores with a binary crossbar, one destination a neuron and four axon types: gates, copies, cores, image. */
package org.axongrid.mapper.truenorth;
