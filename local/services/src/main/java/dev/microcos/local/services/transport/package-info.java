/**
 * The wire of the local cloud: an AWS request and its answer as plain data, and the two ways in
 * which they travel. In the process a signed request of the unmodified SDK goes straight to the
 * service that answers it; from outside the same services answer over HTTP.
 */
@NullMarked
package dev.microcos.local.services.transport;

import org.jspecify.annotations.NullMarked;
