@NullMarked
package dev.microcos.functions.steps;

import org.jspecify.annotations.NullMarked;
