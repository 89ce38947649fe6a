/** Putting a partition's cores on the tiles of one or more chips. */
package org.axongrid.mapper.place;
