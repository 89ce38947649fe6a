/**
 * NIR, the Neuromorphic Intermediate Representation (Pedersen et al., Nature Communications 15, 2024, 8122): graphs as their files have them
 * ({@link org.axongrid.mapper.nir.NirGraph}), reading and writing them, their shapes, and what becomes of them here: networks of spiking
 * populations in discrete time ({@link org.axongrid.mapper.nir.NirImporter}), and converted networks as NIR
 * ({@link org.axongrid.mapper.nir.NirExporter}).
 */
package org.axongrid.mapper.nir;
