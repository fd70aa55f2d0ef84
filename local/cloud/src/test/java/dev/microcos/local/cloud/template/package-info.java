@NullMarked
package dev.microcos.local.cloud.template;

import org.jspecify.annotations.NullMarked;
