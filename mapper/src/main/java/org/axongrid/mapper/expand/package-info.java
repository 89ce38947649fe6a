/** Networks rewritten for chips that lack what a method needs, at the price of more neurons and spikes. */
package org.axongrid.mapper.expand;
