/**
 * The chip image: everything a system of chips needs to run, written by the mapper and read by the emulator; its file format, its
 * validation and its readable dump.
 */
package org.axongrid.isa.image;
