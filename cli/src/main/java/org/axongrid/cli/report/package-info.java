/** What a run tells its user: console summary, JSON, predictions. */
package org.axongrid.cli.report;
