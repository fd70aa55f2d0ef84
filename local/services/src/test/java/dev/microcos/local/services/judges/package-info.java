/** DynamoDB Local and ElasticMQ, and ours beside them: the same suites run against each. */
@NullMarked
package dev.microcos.local.services.judges;

import org.jspecify.annotations.NullMarked;
