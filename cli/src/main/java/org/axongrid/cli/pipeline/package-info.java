/** The main job step by step: import, convert, quantise, map, emulate, and check against the references. */
package org.axongrid.cli.pipeline;
