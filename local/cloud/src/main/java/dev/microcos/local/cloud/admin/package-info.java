/**
 * The admin port: tokens, clock, faults, and what the cloud counts. It is for this machine only,
 * and refuses what a web page could send.
 */
@NullMarked
package dev.microcos.local.cloud.admin;

import org.jspecify.annotations.NullMarked;
