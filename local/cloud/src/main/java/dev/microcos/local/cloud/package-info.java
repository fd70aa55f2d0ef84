/**
 * The local cloud: reads the synthesized template and becomes it, in one process. Stores, queues
 * and APIs are those of the services; the functions are the same classes that Lambda runs.
 */
@NullMarked
package dev.microcos.local.cloud;

import org.jspecify.annotations.NullMarked;
