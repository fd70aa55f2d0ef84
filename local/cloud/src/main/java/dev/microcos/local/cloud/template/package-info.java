/**
 * The part of CloudFormation that a synthesized template needs: parameters, conditions, references
 * between resources and the functions that join them. No updates, no stacks, no waiting.
 */
@NullMarked
package dev.microcos.local.cloud.template;

import org.jspecify.annotations.NullMarked;
