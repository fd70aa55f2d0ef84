/** The assistant: has the model write answers and shows them as they come. */
@NullMarked
package dev.microcos.functions.assistant;

import org.jspecify.annotations.NullMarked;
