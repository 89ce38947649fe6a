/** jcstress tests of what workers share; in this package because the queues are not public. */
package org.axongrid.emulator.core;
