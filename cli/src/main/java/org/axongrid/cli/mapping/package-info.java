/** The {@code map} command's work: strategies and placers side by side, their costs as a table, as JSON and as files. */
package org.axongrid.cli.mapping;
