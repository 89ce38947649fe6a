/** Placers that put the cores of a partition on a mesh with as few hop-weighted packets as they can find. */
package org.axongrid.mapper.hypergraph.place;
