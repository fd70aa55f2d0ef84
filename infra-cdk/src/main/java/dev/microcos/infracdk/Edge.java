package dev.microcos.infracdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.constructs.Construct;

/**
 * One address for everything, as on the laptop: the page at {@code /}, the HTTP API below {@code
 * /v1}, the socket at {@code /ws}. So a browser needs no CORS, and a policy may forbid it all else.
 */
final class Edge extends Construct {
  private static final Duration YEAR = Duration.days(365);

  private final Bucket bucket;
  private final Distribution distribution;

  Edge(Construct scope, Environment environment, String api, String sockets, String signIn) {
    super(scope, "Edge");
    bucket =
        Bucket.Builder.create(this, "Page")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .encryption(BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    ResponseHeadersPolicy headers = headers(environment, signIn);
    BehaviorOptions toApi = passedOn(api, headers);
    distribution =
        Distribution.Builder.create(this, "Distribution")
            .comment("Micro CoS, " + environment.name())
            .defaultRootObject("index.html")
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .priceClass(PriceClass.PRICE_CLASS_100)
            .defaultBehavior(
                BehaviorOptions.builder()
                    .origin(S3BucketOrigin.withOriginAccessControl(bucket))
                    .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                    .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                    .responseHeadersPolicy(headers)
                    .compress(true)
                    .build())
            .additionalBehaviors(
                new TreeMap<>(
                    Map.of(
                        "/v1/*", toApi,
                        "/run_*", toApi,
                        "/health", toApi,
                        "/ws", passedOn(sockets, headers))))
            .build();
  }

  /** Every request goes on to the API, with all its headers but the host's. */
  private static BehaviorOptions passedOn(String host, ResponseHeadersPolicy headers) {
    return BehaviorOptions.builder()
        .origin(
            HttpOrigin.Builder.create(host)
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                .build())
        .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
        .allowedMethods(AllowedMethods.ALLOW_ALL)
        .cachePolicy(CachePolicy.CACHING_DISABLED)
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        .responseHeadersPolicy(headers)
        .build();
  }

  private ResponseHeadersPolicy headers(Environment environment, String signIn) {
    return ResponseHeadersPolicy.Builder.create(this, "Headers")
        .responseHeadersPolicyName(environment.named("headers"))
        .securityHeadersBehavior(
            ResponseSecurityHeadersBehavior.builder()
                .contentSecurityPolicy(
                    ResponseHeadersContentSecurityPolicy.builder()
                        .contentSecurityPolicy(contentSecurity(signIn))
                        .override(true)
                        .build())
                .contentTypeOptions(
                    ResponseHeadersContentTypeOptions.builder().override(true).build())
                .frameOptions(
                    ResponseHeadersFrameOptions.builder()
                        .frameOption(HeadersFrameOption.DENY)
                        .override(true)
                        .build())
                .referrerPolicy(
                    ResponseHeadersReferrerPolicy.builder()
                        .referrerPolicy(HeadersReferrerPolicy.NO_REFERRER)
                        .override(true)
                        .build())
                .strictTransportSecurity(
                    ResponseHeadersStrictTransportSecurity.builder()
                        .accessControlMaxAge(YEAR)
                        .includeSubdomains(true)
                        .override(true)
                        .build())
                .build())
        .customHeadersBehavior(
            ResponseCustomHeadersBehavior.builder()
                .customHeaders(
                    List.of(
                        ResponseCustomHeader.builder()
                            .header("Permissions-Policy")
                            .value("camera=(), geolocation=(), microphone=(), payment=()")
                            .override(true)
                            .build(),
                        ResponseCustomHeader.builder()
                            .header("Cross-Origin-Opener-Policy")
                            .value("same-origin")
                            .override(true)
                            .build()))
                .build())
        .build();
  }

  private static String contentSecurity(String signIn) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "connect-src 'self' " + signIn,
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'");
  }

  /** Where people go. */
  String url() {
    return "https://" + distribution.getDistributionDomainName() + "/";
  }

  /** What clients open for frames. */
  String socketsUrl() {
    return "wss://" + distribution.getDistributionDomainName() + "/ws";
  }

  /** Fills the page's bucket. */
  void shows(Artifacts artifacts, Map<String, String> config) {
    artifacts.page(this, bucket, config);
  }
}
