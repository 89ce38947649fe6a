/** Labelled images from files: IDX, CIFAR-10 binary, NPY and NPZ, and the Fashion-MNIST test set that comes with Axongrid. */
package org.axongrid.cli.data;
