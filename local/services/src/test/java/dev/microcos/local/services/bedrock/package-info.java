/** Asks the Bedrock runtime through the unmodified SDK. */
@NullMarked
package dev.microcos.local.services.bedrock;

import org.jspecify.annotations.NullMarked;
