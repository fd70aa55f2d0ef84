/**
 * What an execution has done, as AWS's history tells it, and a little more that AWS keeps to
 * itself: enough to make the execution's state of it anew. Histories are kept in a {@link
 * dev.microcos.local.stepfunctions.history.Journal}.
 */
@NullMarked
package dev.microcos.local.stepfunctions.history;

import org.jspecify.annotations.NullMarked;
