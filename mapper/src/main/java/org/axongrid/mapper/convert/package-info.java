/** The converted network in real numbers and how it is put together; QCFS, the conversion that needs nothing but the trained network. */
package org.axongrid.mapper.convert;
