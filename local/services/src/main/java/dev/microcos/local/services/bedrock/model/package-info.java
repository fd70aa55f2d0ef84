/**
 * What stands behind the Bedrock wire: a prompt, an answer in the making, the faults of Bedrock,
 * and the switch that makes a model fail on demand.
 */
@NullMarked
package dev.microcos.local.services.bedrock.model;

import org.jspecify.annotations.NullMarked;
