/** Plain simulators that define what is right: the trained network, the float spiking network, the integer network. */
package org.axongrid.mapper.reference;
