package org.axongrid.mapper.hdf;

/** What a name in an HDF5 group stands for. */
public sealed interface HdfEntry permits HdfGroup, HdfData {
}
