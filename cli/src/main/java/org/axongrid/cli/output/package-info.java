/** How things get out of the program: files written whole, numbers as text, the progress line. */
package org.axongrid.cli.output;
