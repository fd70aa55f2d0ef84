/** The door: checks what people ask for, puts it into the inbox, and shows them what is theirs. */
@NullMarked
package dev.microcos.functions.ingress;

import org.jspecify.annotations.NullMarked;
