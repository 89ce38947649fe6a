/** Code generation: from the quantised network, its partition and its placement to the chip image. */
package org.axongrid.mapper.codegen;
