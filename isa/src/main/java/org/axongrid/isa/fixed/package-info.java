/** Fixed-point arithmetic of the registers: what happens at the edge of a width. */
package org.axongrid.isa.fixed;
