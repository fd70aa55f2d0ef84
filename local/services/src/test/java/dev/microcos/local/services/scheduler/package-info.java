@NullMarked
package dev.microcos.local.services.scheduler;

import org.jspecify.annotations.NullMarked;
