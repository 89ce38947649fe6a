/** lava-dl's netx files: networks of Loihi's compartments in integers (lava-nc/lava-dl, {@code src/lava/lib/dl/netx}). */
package org.axongrid.mapper.netx;
