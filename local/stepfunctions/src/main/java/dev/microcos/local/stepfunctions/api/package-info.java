/**
 * The API on the wire: AWS JSON 1.0 with AWS's names, shapes, refusals and their words. Transport
 * and signatures are somebody else's.
 */
@NullMarked
package dev.microcos.local.stepfunctions.api;

import org.jspecify.annotations.NullMarked;
