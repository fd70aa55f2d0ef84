/** Workflows side by side: the same steps on our engine and on its peers. */
@NullMarked
package dev.microcos.bench.workflows;

import org.jspecify.annotations.NullMarked;
