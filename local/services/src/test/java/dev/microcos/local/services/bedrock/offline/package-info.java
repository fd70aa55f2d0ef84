/** Tables of what the offline model answers. */
@NullMarked
package dev.microcos.local.services.bedrock.offline;

import org.jspecify.annotations.NullMarked;
