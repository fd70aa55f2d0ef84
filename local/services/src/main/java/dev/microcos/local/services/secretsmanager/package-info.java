/**
 * Secrets Manager: GetSecretValue alone, of the secrets that the local environment holds. The last
 * part of a secret's name stands behind {@code WEBHOOK_SECRET_} in a variable of the process or the
 * local file of them.
 */
@NullMarked
package dev.microcos.local.services.secretsmanager;

import org.jspecify.annotations.NullMarked;
