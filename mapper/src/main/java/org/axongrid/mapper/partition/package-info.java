/** Cutting a network into cores: pieces, the limits they must keep, and the strategies. */
package org.axongrid.mapper.partition;
