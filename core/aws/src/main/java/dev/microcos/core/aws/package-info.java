/** The one place that talks to AWS: the ports of the application over the AWS SDK. */
@NullMarked
package dev.microcos.core.aws;

import org.jspecify.annotations.NullMarked;
