package dev.microcos.local.cloud.template;

import java.util.Map;
import java.util.Set;

/**
 * The types of resources that there are locally, with the properties of each that are understood.
 */
final class Types {
  static final String TABLE = "AWS::DynamoDB::Table";
  static final String QUEUE = "AWS::SQS::Queue";
  static final String KEY = "AWS::KMS::Key";
  static final String FUNCTION = "AWS::Lambda::Function";
  static final String ALIAS = "AWS::Lambda::Alias";
  static final String VERSION = "AWS::Lambda::Version";
  static final String MAPPING = "AWS::Lambda::EventSourceMapping";
  static final String API = "AWS::ApiGatewayV2::Api";
  static final String STAGE = "AWS::ApiGatewayV2::Stage";
  static final String ROUTE = "AWS::ApiGatewayV2::Route";
  static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";
  static final String AUTHORIZER = "AWS::ApiGatewayV2::Authorizer";

  static final String STATE_MACHINE = "AWS::StepFunctions::StateMachine";
  static final String RULE = "AWS::Events::Rule";
  static final String SCHEDULE = "AWS::Scheduler::Schedule";

  /** Here a group is what schedules say. */
  static final String SCHEDULE_GROUP = "AWS::Scheduler::ScheduleGroup";

  /** Here the page and the APIs are at one address anyway. */
  static final String DISTRIBUTION = "AWS::CloudFront::Distribution";

  /**
   * What only AWS does: rights, alarms, logs, deployments, the address before the page and the APIs
   * and the bucket of the page, metadata. A user pool exists only where no issuer is given, and
   * here one is.
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          DISTRIBUTION,
          SCHEDULE_GROUP,
          "AWS::CDK::Metadata",
          "AWS::CloudFront::OriginAccessControl",
          "AWS::CloudFront::ResponseHeadersPolicy",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::CodeDeploy::Application",
          "AWS::CodeDeploy::DeploymentGroup",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::KMS::Alias",
          "AWS::Lambda::EventInvokeConfig",
          "AWS::Lambda::Permission",
          "AWS::Logs::LogGroup",
          "AWS::S3::Bucket",
          "AWS::S3::BucketPolicy",
          "AWS::SNS::Subscription",
          "AWS::SNS::Topic",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy");

  private static final Map<String, Set<String>> PROPERTIES =
      Map.ofEntries(
          Map.entry(
              TABLE,
              Set.of(
                  "AttributeDefinitions",
                  "BillingMode",
                  "DeletionProtectionEnabled",
                  "KeySchema",
                  "PointInTimeRecoverySpecification",
                  "SSESpecification",
                  "TableClass",
                  "TableName",
                  "Tags",
                  "TimeToLiveSpecification")),
          Map.entry(
              QUEUE,
              Set.of(
                  "ContentBasedDeduplication",
                  "DeduplicationScope",
                  "DelaySeconds",
                  "FifoQueue",
                  "FifoThroughputLimit",
                  "MaximumMessageSize",
                  "MessageRetentionPeriod",
                  "QueueName",
                  "ReceiveMessageWaitTimeSeconds",
                  "RedrivePolicy",
                  "SqsManagedSseEnabled",
                  "Tags",
                  "VisibilityTimeout")),
          Map.entry(KEY, Set.of("Description", "EnableKeyRotation", "KeyPolicy", "Tags")),
          Map.entry(
              FUNCTION,
              Set.of(
                  "Architectures",
                  "Code",
                  "Description",
                  "Environment",
                  "FunctionName",
                  "Handler",
                  "LoggingConfig",
                  "MemorySize",
                  "RecursiveLoop",
                  "ReservedConcurrentExecutions",
                  "Role",
                  "Runtime",
                  "SnapStart",
                  "Tags",
                  "Timeout",
                  "TracingConfig")),
          Map.entry(ALIAS, Set.of("Description", "FunctionName", "FunctionVersion", "Name")),
          Map.entry(VERSION, Set.of("Description", "FunctionName")),
          Map.entry(
              MAPPING,
              Set.of(
                  "BatchSize",
                  "EventSourceArn",
                  "FunctionName",
                  "FunctionResponseTypes",
                  "ScalingConfig")),
          Map.entry(
              API,
              Set.of("Description", "Name", "ProtocolType", "RouteSelectionExpression", "Tags")),
          Map.entry(
              STAGE,
              Set.of(
                  "AccessLogSettings",
                  "ApiId",
                  "AutoDeploy",
                  "DefaultRouteSettings",
                  "StageName",
                  "Tags")),
          Map.entry(
              ROUTE,
              Set.of(
                  "ApiId",
                  "AuthorizationScopes",
                  "AuthorizationType",
                  "AuthorizerId",
                  "RouteKey",
                  "Target")),
          Map.entry(
              INTEGRATION,
              Set.of("ApiId", "IntegrationType", "IntegrationUri", "PayloadFormatVersion")),
          Map.entry(
              STATE_MACHINE,
              Set.of(
                  "Definition",
                  "DefinitionString",
                  "DefinitionSubstitutions",
                  "EncryptionConfiguration",
                  "LoggingConfiguration",
                  "RoleArn",
                  "StateMachineName",
                  "StateMachineType",
                  "Tags",
                  "TracingConfiguration")),
          Map.entry(RULE, Set.of("Description", "EventPattern", "Name", "State", "Targets")),
          Map.entry(
              SCHEDULE,
              Set.of(
                  "Description",
                  "FlexibleTimeWindow",
                  "GroupName",
                  "Name",
                  "ScheduleExpression",
                  "ScheduleExpressionTimezone",
                  "State",
                  "Target")),
          Map.entry(
              AUTHORIZER,
              Set.of(
                  "ApiId",
                  "AuthorizerType",
                  "AuthorizerUri",
                  "IdentitySource",
                  "JwtConfiguration",
                  "Name")));

  private Types() {}

  /**
   * Whether the resource does something locally; if not it is known to do nothing.
   *
   * @throws TemplateException naming a resource or property that is neither
   */
  static boolean hasEffect(Template.Resource resource) {
    if (WITHOUT_EFFECT.contains(resource.type())) {
      return false;
    }
    Set<String> known = PROPERTIES.get(resource.type());
    if (known == null) {
      throw new TemplateException(
          resource
              + " has no local counterpart; the local cloud has "
              + PROPERTIES.keySet().stream().sorted().toList());
    }
    resource
        .properties()
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new TemplateException(
                resource + ": its property " + name + " has no local counterpart");
          }
        });
    return true;
  }
}
