/** What a chip is: its mesh, its core limits, its register widths; presets as YAML with a source for each figure. */
package org.axongrid.isa.chip;
