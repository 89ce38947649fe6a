/** The command line: reads its arguments, calls mapper and emulator, prints their results. */
package org.axongrid.cli;
