/** The network on chip alone: packet traces in, deliveries and link counters out; synthetic traffic with latency and throughput. */
package org.axongrid.cli.noc;
