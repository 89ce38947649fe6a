/** The problem of mapping as a directed hypergraph: its files, what a partition and a placement cost, without any opinion on how to find one. */
package org.axongrid.mapper.hypergraph;
