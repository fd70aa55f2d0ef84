@NullMarked
package dev.microcos.infracdk;

import org.jspecify.annotations.NullMarked;
