/** Strategies that cut a hypergraph into cores with as few packets between them as they can find, and the state and moves they share. */
package org.axongrid.mapper.hypergraph.partition;
