package dev.microcos.infracdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cognito.AccountRecovery;
import software.amazon.awscdk.services.cognito.AutoVerifiedAttrs;
import software.amazon.awscdk.services.cognito.CognitoDomainOptions;
import software.amazon.awscdk.services.cognito.FeaturePlan;
import software.amazon.awscdk.services.cognito.Mfa;
import software.amazon.awscdk.services.cognito.MfaSecondFactor;
import software.amazon.awscdk.services.cognito.OAuthFlows;
import software.amazon.awscdk.services.cognito.OAuthScope;
import software.amazon.awscdk.services.cognito.OAuthSettings;
import software.amazon.awscdk.services.cognito.PasswordPolicy;
import software.amazon.awscdk.services.cognito.ResourceServerScope;
import software.amazon.awscdk.services.cognito.SignInAliases;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.cognito.UserPoolClientIdentityProvider;
import software.amazon.awscdk.services.cognito.UserPoolDomain;
import software.amazon.awscdk.services.cognito.UserPoolDomainOptions;
import software.amazon.awscdk.services.cognito.UserPoolResourceServer;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Whose tokens are taken: an issuer of one's own, by two parameters, or else a Cognito user pool
 * that comes with the stack. Nobody registers alone; an administrator makes the accounts.
 */
final class SignIn extends Construct {
  private static final String OWN_SCOPE = "microcos";
  private static final String POOL_SCOPE = "microcos/person";

  private final Environment environment;
  private final CfnParameter issuer;
  private final CfnParameter audience;
  private final CfnCondition withPool;
  private final UserPool pool;
  private final UserPoolResourceServer server;
  private final ResourceServerScope person =
      ResourceServerScope.Builder.create()
          .scopeName("person")
          .scopeDescription("Talk to your chief of staff")
          .build();
  private final UserPoolDomain domain;

  SignIn(Construct scope, Environment environment) {
    super(scope, "SignIn");
    this.environment = environment;
    issuer =
        parameter(scope, "Issuer", "Issuer of the tokens, as in their iss claim; empty: Cognito");
    audience =
        parameter(scope, "Audience", "Audience of the tokens, as in their aud claim; with Issuer");
    withPool =
        CfnCondition.Builder.create(this, "WithPool")
            .expression(Fn.conditionEquals(issuer.getValueAsString(), ""))
            .build();
    pool = pool();
    server =
        UserPoolResourceServer.Builder.create(this, "Server")
            .userPool(pool)
            .identifier(OWN_SCOPE)
            .scopes(List.of(person))
            .build();
    domain =
        pool.addDomain(
            "Domain",
            UserPoolDomainOptions.builder()
                .cognitoDomain(
                    CognitoDomainOptions.builder()
                        .domainPrefix(environment.named(Aws.ACCOUNT_ID))
                        .build())
                .build());
    onlyWithPool(pool, server, domain);
  }

  private static CfnParameter parameter(Construct scope, String name, String description) {
    return CfnParameter.Builder.create(scope, name)
        .type("String")
        .defaultValue("")
        .description(description)
        .build();
  }

  private UserPool pool() {
    return UserPool.Builder.create(this, "Pool")
        .userPoolName("microcos-" + environment.name())
        .selfSignUpEnabled(false)
        .signInAliases(SignInAliases.builder().email(true).build())
        .autoVerify(AutoVerifiedAttrs.builder().email(true).build())
        .accountRecovery(AccountRecovery.EMAIL_ONLY)
        .featurePlan(FeaturePlan.ESSENTIALS)
        .mfa(Mfa.OPTIONAL)
        .mfaSecondFactor(MfaSecondFactor.builder().otp(true).sms(false).build())
        .passwordPolicy(
            PasswordPolicy.builder()
                .minLength(12)
                .requireLowercase(true)
                .requireUppercase(true)
                .requireDigits(true)
                .requireSymbols(true)
                .tempPasswordValidity(Duration.days(3))
                .build())
        .deletionProtection(environment.guarded())
        .removalPolicy(environment.guarded() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
        .build();
  }

  /** Lets the page at {@code url} sign people in; gives the id of its client. */
  String page(String url) {
    UserPoolClient client =
        UserPoolClient.Builder.create(this, "Page")
            .userPool(pool)
            .userPoolClientName("page")
            .generateSecret(false)
            .preventUserExistenceErrors(true)
            .enableTokenRevocation(true)
            .accessTokenValidity(Duration.hours(1))
            .idTokenValidity(Duration.hours(1))
            .refreshTokenValidity(Duration.days(30))
            .supportedIdentityProviders(List.of(UserPoolClientIdentityProvider.COGNITO))
            .oAuth(
                OAuthSettings.builder()
                    .flows(OAuthFlows.builder().authorizationCodeGrant(true).build())
                    .scopes(List.of(OAuthScope.OPENID, OAuthScope.resourceServer(server, person)))
                    .callbackUrls(List.of(url))
                    .logoutUrls(List.of(url))
                    .build())
            .build();
    onlyWithPool(client);
    return choose(client.getUserPoolClientId(), audience.getValueAsString());
  }

  private void onlyWithPool(IConstruct... constructs) {
    for (IConstruct construct : constructs) {
      if (construct.getNode().getDefaultChild() instanceof CfnResource resource) {
        resource.getCfnOptions().setCondition(withPool);
      }
    }
  }

  /** The tokens' issuer. */
  String issuer() {
    return choose(pool.getUserPoolProviderUrl(), issuer.getValueAsString());
  }

  /** The scope of which a token needs to have this one. */
  String scope() {
    return choose(POOL_SCOPE, OWN_SCOPE);
  }

  /** The places that a page talks to while it signs in, as a Content-Security-Policy has them. */
  String origins() {
    String ofIssuer = Fn.select(2, Fn.split("/", issuer.getValueAsString() + "//"));
    return choose(
        "https://cognito-idp." + Aws.REGION + "." + Aws.URL_SUFFIX + " " + domain.baseUrl(),
        "https://" + ofIssuer);
  }

  private String choose(String pooled, String own) {
    return Fn.conditionIf(withPool.getLogicalId(), pooled, own).toString();
  }
}
