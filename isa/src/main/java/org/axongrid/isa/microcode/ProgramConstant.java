package org.axongrid.isa.microcode;

import java.util.OptionalInt;

/**
 * A constant of a program: the same for all compartments of a profile.
 *
 * @param name         unique in its program
 * @param defaultValue value where a profile gives none; if absent, each profile must give one
 */
public record ProgramConstant(String name, OptionalInt defaultValue) { }
