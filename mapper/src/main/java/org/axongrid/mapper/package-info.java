/** The compiler from trained networks to chip images; this package holds its front door, {@link org.axongrid.mapper.Mapper}. */
package org.axongrid.mapper;
