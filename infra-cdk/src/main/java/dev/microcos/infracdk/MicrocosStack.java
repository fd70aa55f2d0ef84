package dev.microcos.infracdk;

import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** One environment of Micro CoS: the stores, the queues, the two APIs and the functions between. */
public final class MicrocosStack extends Stack {

  /** Makes all resources of {@code environment}. */
  public MicrocosStack(
      Construct scope,
      Environment environment,
      Artifacts artifacts,
      SortedMap<String, WorkflowDefinition> definitions) {
    super(scope, "microcos-" + environment.name(), props(environment));
    Alarms alarms = new Alarms(this, environment);
    Board board = new Board(this, environment);
    Optional<Canary> canary =
        environment.canary() ? Optional.of(new Canary(this, environment)) : Optional.empty();
    Watch watch = new Watch(alarms, canary, board);
    SignIn signIn = new SignIn(this, environment);

    Keys keys = new Keys(this, environment);
    Log log = new Log(this, environment);
    Operations operations = new Operations(this, environment);
    Inbox inbox = new Inbox(this, environment);
    Assistant assistant = new Assistant(this, environment);
    Sockets sockets = new Sockets(this, environment);
    Api api = new Api(this, environment);
    Edge edge = new Edge(this, environment, api.host(), sockets.host(), signIn.origins());
    Workflows workflows = new Workflows(this, environment, definitions);
    Wiring wiring =
        new Wiring(
            environment,
            artifacts,
            keys,
            log,
            operations,
            inbox,
            assistant,
            sockets,
            edge,
            workflows,
            watch);

    String client = signIn.page(edge.url());
    api.servedBy(wiring, signIn.issuer(), client, signIn.scope());
    workflows.doneBy(wiring);
    inbox.reducedBy(wiring);
    assistant.answeredBy(wiring);
    sockets.servedBy(wiring);

    wiring.watchTables();
    board.show(alarms);
    edge.shows(
        artifacts,
        Map.of(
            "issuer",
            signIn.issuer(),
            "client_id",
            client,
            "scope",
            "openid " + signIn.scope(),
            "environment",
            environment.name()));

    output("Url", edge.url());
    output("Client", client);
    name();
    Acknowledged.in(this);
  }

  private static StackProps props(Environment environment) {
    return StackProps.builder()
        .description("Micro CoS, " + environment.name())
        .terminationProtection(environment.guarded())
        .analyticsReporting(false)
        .synthesizer(
            DefaultStackSynthesizer.Builder.create().generateBootstrapVersionRule(false).build())
        .build();
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, "The" + name).value(value).build();
  }

  /**
   * Names every element by its path without the technical parts: readable, and the same whatever
   * version of the CDK made it. Two resources of one name stop the synthesis. Versions of functions
   * keep the CDK's name, whose end is a hash of what they are. All are named at once, since a
   * callback for each during the synthesis would need a stack frame for each.
   */
  private void name() {
    for (IConstruct each : getNode().findAll()) {
      if (each instanceof CfnElement element && !(element instanceof CfnVersion)) {
        element.overrideLogicalId(name(element));
      }
    }
  }

  private static String name(CfnElement element) {
    List<String> path =
        Stream.of(element.getNode().getPath().split("/"))
            .skip(1)
            .filter(part -> !part.equals("Resource") && !part.equals("Default"))
            .toList();
    boolean function = element instanceof CfnFunction && path.getLast().equals("Function");
    return (function ? path.subList(path.size() - 2, path.size() - 1) : path)
        .stream().map(part -> part.replaceAll("[^A-Za-z0-9]", "")).collect(Collectors.joining());
  }
}
