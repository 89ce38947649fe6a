/** Convolutional layers cut into boxes of rows, columns and channels, chosen for all layers together from closed forms. */
package org.axongrid.mapper.tile;
