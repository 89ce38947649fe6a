/** What converted neurons do in a step, and when: the rule of each population and the phases of a run, as data. */
package org.axongrid.mapper.schedule;
