/**
 * An OpenID Connect issuer in place of a Cognito user pool, so that signing in takes the same path
 * as on AWS: authorization code with PKCE (S256) for one public client, ID tokens, access tokens of
 * one hour, refresh tokens that are replaced by each use and end when one is used twice.
 *
 * <p>Nobody has a password: whoever can reach this machine's loopback address may be anybody. So
 * codes go to loopback addresses only, and the scope {@code admin} is not to be had by signing in.
 * The RS256 key is kept in the data folder; codes and refresh tokens are in memory, so a restart
 * asks for one more click.
 *
 * <p><b>Left out:</b> sessions (each sign-in shows the page), user info, revocation and
 * introspection endpoints, other clients and flows, key rotation, encrypted tokens.
 */
@NullMarked
package dev.microcos.local.services.oidc;

import org.jspecify.annotations.NullMarked;
