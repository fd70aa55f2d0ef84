package dev.microcos.infracdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Stack;

/** What cdk-nag finds and we leave as it is, each with the reason. Anything else is a mistake. */
enum Acknowledged {
  POSTS(
      "IAM5",
      "(Reducer|Assistant|Realtime)/Role/DefaultPolicy/Resource",
      "A post goes to a socket whose id no policy can know; the API and the stage are named."),
  CODE_DEPLOY(
      "IAM5",
      "Canary/Role/DefaultPolicy/Resource",
      "CodeDeploy lists alarms in one call, and asks about versions that have no number yet."),
  WORKFLOW_LOGS(
      "IAM5",
      "Workflows/Machines/Role/DefaultPolicy/Resource",
      "Deliveries of logs and traces have no resource that a policy could name (Step Functions"
          + " guide, \"Logging using CloudWatch Logs\")."),
  EXECUTIONS(
      "IAM5",
      "(Workflows/Steps|Inbox/Reducer)/Role/DefaultPolicy/Resource",
      "Executions and schedules of people come and go; the machines' and the group's names are"
          + " given."),
  WEBHOOK_SECRETS(
      "IAM5",
      "Api/Ingress/Role/DefaultPolicy/Resource",
      "Secrets Manager puts characters of its own behind a name; the prefix is given."),
  WEBHOOKS(
      "APIG4",
      "Api/Http/POST--v1--webhooks--\\{name\\}/Resource",
      "Others' servers have no token; each call is signed with the webhook's secret."),
  DEAD_STEPS(
      "SQS3", "Workflows/DeadLetters/Resource", "Holds dead letters itself; an alarm watches it."),
  HEALTH(
      "APIG4", "Api/Http/GET--health/Resource", "Says only whether all is well, to load checks."),
  OPEN_SOCKETS(
      "APIG4",
      "Sockets/WebSocket/\\$(default|disconnect)-Route/Resource",
      "API Gateway asks the authorizer once, when the socket opens; these follow on it."),
  SOCKET_LOGS(
      "APIG1",
      "Sockets/Stage/Resource",
      "Needs a role set for the whole account, which one environment must not own; the functions"
          + " log each event with its ids."),
  PEOPLE(
      "S1",
      "Edge/Page/Resource",
      "The page's files are the same for everybody; who read them is nobody's business."),
  PEOPLE_AT_THE_EDGE(
      "CFR3",
      "Edge/Distribution/Resource",
      "Would keep addresses of people and tickets of sockets; calls are in the API's own log."),
  OWN_DOMAIN(
      "CFR4",
      "Edge/Distribution/Resource",
      "The certificate of cloudfront.net fixes the TLS policy; a domain of one's own sets it."),
  WORLD("CFR1", "Edge/Distribution/Resource", "People travel."),
  FIREWALL(
      "CFR2",
      "Edge/Distribution/Resource",
      "All but the page needs a token, each person has limits, and the API has a rate; a web ACL"
          + " can be attached without this stack."),
  SECOND_FACTOR(
      "COG2",
      "SignIn/Pool/Resource",
      "Offered to everybody by an authenticator app; an organization that demands it brings its"
          + " own issuer."),
  THREAT_PROTECTION(
      "COG3",
      "SignIn/Pool/Resource",
      "Needs the Plus plan, at a price for each person; nobody registers alone here."),
  UPLOADER_POLICY(
      "IAM4",
      "Custom::CDKBucketDeployment\\w+/ServiceRole/Resource",
      "The CDK's own function that fills the page's bucket during a deployment."),
  UPLOADER_RIGHTS(
      "IAM5",
      "Custom::CDKBucketDeployment\\w+/ServiceRole/DefaultPolicy/Resource",
      "The CDK's own function; it reads the bucket of assets and writes the one of the page."),
  UPLOADER_RUNTIME(
      "L1",
      "Custom::CDKBucketDeployment\\w+/Resource",
      "The CDK's own function; its runtime comes with the CDK's version.");

  private final String rule;
  private final String reason;
  private final Pattern path;

  Acknowledged(String rule, String path, String reason) {
    this.rule = "AwsSolutions-" + rule;
    this.reason = reason;
    this.path = Pattern.compile("[^/]+/(.+/)?" + path);
  }

  /** Says so of what is meant in {@code stack}. */
  static void in(Stack stack) {
    stack.getNode().findAll().stream()
        .filter(CfnElement.class::isInstance)
        .forEach(element -> {
          List<NagPackSuppression> meant =
              Stream.of(values())
                  .filter(each -> each.path.matcher(element.getNode().getPath()).matches())
                  .map(each ->
                      NagPackSuppression.builder().id(each.rule).reason(each.reason).build())
                  .toList();
          if (!meant.isEmpty()) {
            NagSuppressions.addResourceSuppressions(element, meant);
          }
        });
  }
}
