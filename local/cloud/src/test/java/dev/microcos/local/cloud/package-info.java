@NullMarked
package dev.microcos.local.cloud;

import org.jspecify.annotations.NullMarked;
