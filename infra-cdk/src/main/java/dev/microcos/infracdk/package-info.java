/**
 * The cloud as code: a construct a concern, one configuration record an environment, and the
 * templates that both AWS and the local cloud are made from. It names the functions' jars and
 * handler classes and knows nothing else of them.
 */
@NullMarked
package dev.microcos.infracdk;

import org.jspecify.annotations.NullMarked;
