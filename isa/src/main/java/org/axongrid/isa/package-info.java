/** The contract between compiler (mapper) and machine (emulator); this package holds what all of it shares. */
package org.axongrid.isa;
