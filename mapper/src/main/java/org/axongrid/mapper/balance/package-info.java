/** What each core is expected to do in a step, and a strategy that evens it out. */
package org.axongrid.mapper.balance;
