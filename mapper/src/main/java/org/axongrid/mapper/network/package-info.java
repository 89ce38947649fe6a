/** The network as the mapper sees it: populations, projections with shared kernels, and the float weights of the trained net. */
package org.axongrid.mapper.network;
