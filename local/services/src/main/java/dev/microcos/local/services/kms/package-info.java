/**
 * AWS KMS in the local cloud: symmetric keys that never leave it, for wrapping data keys.
 *
 * <p>CreateKey, DescribeKey, Encrypt, Decrypt, GenerateDataKey and GenerateDataKeyWithoutPlaintext.
 * A key is 32 random bytes in a file of its own in the data folder, readable by its owner only; a
 * ciphertext is AES-256-GCM with the encryption context bound to it, so that it opens under exactly
 * the same context and key. A key is named by its id or ARN.
 *
 * <p>Left out: aliases, asymmetric and HMAC keys, rotation, grants, policies, disabling and
 * deleting a key, multi-region keys. What is left out is refused by name. On a laptop the key lies
 * beside what it protects: this is the shape of KMS, not its strength.
 */
@NullMarked
package dev.microcos.local.services.kms;

import org.jspecify.annotations.NullMarked;
