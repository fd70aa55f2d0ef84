/**
 * API Gateway: the one port that clients of the local cloud call.
 *
 * <p><b>HTTP APIs.</b> {@link HttpApi} takes routes as data and finds the most specific one as AWS
 * does: a full match before variables before a greedy variable before {@code $default}, and of
 * equal paths the named method before {@code ANY}. A {@link JwtAuthorizer} checks RS256 signature,
 * issuer, audience and time; a scope that the route asks for and the token lacks is 403. The
 * integration gets payload format 2.0: the path decoded, headers in lower case and joined, cookies
 * apart, what is not text in Base64. Unlike AWS, which passes an answer on once and whole, it keeps
 * one of server-sent events open and asks the integration for more ({@link EventStreams}); a caller
 * that asks again by itself, as it has to on AWS, gets the same events. Refusals have API Gateway's
 * form {@code {"message":"…"}}.
 *
 * <p><b>WebSocket APIs.</b> {@link SocketApi} asks a REQUEST authorizer and {@code $connect} before
 * an upgrade at {@code /ws}, routes messages by {@code $request.body.action}, and calls {@code
 * $disconnect} once, as best it can. Messages have at most 128 KB in frames of 32 KB, else 1009; a
 * socket idle for ten minutes or open for two hours is closed with 1001. Unlike AWS, it hands a
 * socket's messages over one after the other, and sends posts in the order of their calls; a
 * program must not count on either. {@link ConnectionsService} is the management API.
 *
 * <p><b>The front.</b> {@link Front} adds what CloudFront and Cognito would stand for: files, the
 * sign-in, and a guard against pages of foreign hosts.
 *
 * <p><b>Left out:</b> REST APIs, stages with variables, CORS settings, throttling, access logs,
 * mutual TLS, custom domains, mapping templates and integrations other than Lambda, authorizer
 * caching for Lambda, IAM authorization of {@code @connections}, route responses, {@code
 * $request.header} selection, disconnect reasons in events.
 */
@NullMarked
package dev.microcos.local.services.apigateway;

import org.jspecify.annotations.NullMarked;
