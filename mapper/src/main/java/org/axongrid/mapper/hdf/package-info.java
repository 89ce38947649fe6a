/**
 * HDF5 files as trees in memory: what NIR and lava-dl netx files are made of. Reading is done by jHDF behind checks of our own
 * ({@link org.axongrid.mapper.hdf.HdfReader}); writing is our own ({@link org.axongrid.mapper.hdf.HdfWriter}), because NIR's layout wants the
 * oldest format version, variable-length strings and no attributes.
 */
package org.axongrid.mapper.hdf;
