/** Converted networks as hypergraphs, and the strategies of bare hypergraphs applied to them under all of a chip's limits. */
package org.axongrid.mapper.hypergraph.network;
