/** API Gateway. */
@NullMarked
package dev.microcos.local.services.apigateway;

import org.jspecify.annotations.NullMarked;
