/** The one writer: takes envelopes from the inbox and folds them into their people's logs. */
@NullMarked
package dev.microcos.functions.reducer;

import org.jspecify.annotations.NullMarked;
