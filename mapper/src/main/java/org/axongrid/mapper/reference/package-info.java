/**
 * Plain simulators that define what is right: the trained network ({@link org.axongrid.mapper.reference.AnnEvaluator}), the spiking
 * network in real numbers ({@link org.axongrid.mapper.reference.FloatSnn}) and in integers
 * ({@link org.axongrid.mapper.reference.IntegerOracle}). They know no cores, routers or delays: layers run in order within a step, as in
 * the conversion literature's code (project reference on conversion, section 0, fact 7).
 */
package org.axongrid.mapper.reference;
