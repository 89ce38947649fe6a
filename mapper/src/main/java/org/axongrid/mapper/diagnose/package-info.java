/** Where accuracy goes: a network at each stage from the trained one to integers, layer by layer. */
package org.axongrid.mapper.diagnose;
