/**
 * SANA-FE's files: architecture and network in YAML, networks as netlists, and the tables of its runs. Formats as in that project's sample files
 * and as described in the project reference; what a key means that no sample uses is not guessed but refused by name.
 */
package org.axongrid.cli.sanafe;
