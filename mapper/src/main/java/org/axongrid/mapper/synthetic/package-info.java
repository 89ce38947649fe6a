/** Networks of known topology with random weights, for tests of size. */
package org.axongrid.mapper.synthetic;
