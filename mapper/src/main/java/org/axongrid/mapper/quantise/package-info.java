/** From real numbers to the integers that neurocores hold: scales, weights, thresholds, biases, and what rounding cost. */
package org.axongrid.mapper.quantise;
