/** Published measurements of chips beside what the emulator says of networks of the stated kind. */
package org.axongrid.cli.validate;
