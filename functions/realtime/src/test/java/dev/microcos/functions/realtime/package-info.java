@NullMarked
package dev.microcos.functions.realtime;

import org.jspecify.annotations.NullMarked;
