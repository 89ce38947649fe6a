/** What the neurons of a mapped network are on the chip: native compartments or neuron programs. */
package org.axongrid.mapper.neuron;
