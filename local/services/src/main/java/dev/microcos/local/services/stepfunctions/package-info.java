/**
 * AWS Step Functions: the engine of local-stepfunctions on the wire, with its histories in the
 * store.
 */
@NullMarked
package dev.microcos.local.services.stepfunctions;

import org.jspecify.annotations.NullMarked;
