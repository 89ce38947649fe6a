/** What a chip's events cost in energy and time: constants with unit, source, evidence grade and scope, read from YAML profiles. */
package org.axongrid.isa.cost;
