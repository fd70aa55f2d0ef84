/** Step Functions as the SDK sees it, over the store. */
@NullMarked
package dev.microcos.local.services.stepfunctions;

import org.jspecify.annotations.NullMarked;
