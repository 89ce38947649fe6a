/** IBM's TrueNorth files: corelet models and spike files, read into chip images and inputs; running them and writing what came out. */
package org.axongrid.cli.corelet;
