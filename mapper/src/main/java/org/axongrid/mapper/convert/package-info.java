/** ANN-to-SNN conversion: one class per published method, each making a {@link org.axongrid.mapper.convert.SpikingNetwork}. */
package org.axongrid.mapper.convert;
