@NullMarked
package dev.microcos.core.aws;

import org.jspecify.annotations.NullMarked;
