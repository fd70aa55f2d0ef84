package dev.microcos.infracdk;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** One environment of Micro CoS: the stores, the queues, the two APIs and the functions between. */
public final class MicrocosStack extends Stack {

  /** Makes all resources of {@code environment}; tokens are checked against two parameters. */
  public MicrocosStack(Construct scope, Environment environment, Jars jars) {
    super(scope, "microcos-" + environment.name(), props(environment));
    CfnParameter issuer = parameter("Issuer", "Issuer of the tokens, as in their iss claim");
    CfnParameter audience = parameter("Audience", "Audience of the tokens, as in their aud claim");

    Keys keys = new Keys(this, environment);
    Log log = new Log(this, environment);
    Operations operations = new Operations(this, environment);
    Inbox inbox = new Inbox(this, environment);
    Assistant assistant = new Assistant(this, environment);
    Sockets sockets = new Sockets(this, environment);
    Wiring wiring = new Wiring(environment, jars, keys, log, operations, inbox, assistant, sockets);

    Api api = new Api(this, wiring, issuer.getValueAsString(), audience.getValueAsString());
    inbox.reducedBy(wiring);
    assistant.answeredBy(wiring);
    sockets.servedBy(wiring);

    CfnOutput.Builder.create(this, "ApiUrl").value(api.url()).build();
    CfnOutput.Builder.create(this, "SocketsUrl").value(sockets.url()).build();
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

  private CfnParameter parameter(String name, String description) {
    return CfnParameter.Builder.create(this, name).type("String").description(description).build();
  }

  /**
   * The path of the construct without its technical parts: readable, and the same whatever version
   * of the CDK made it. Two resources of one name stop the synthesis.
   */
  @Override
  protected String allocateLogicalId(CfnElement element) {
    return Stream.of(element.getNode().getPath().split("/"))
        .skip(1)
        .filter(part -> !part.equals("Resource") && !part.equals("Default"))
        .map(part -> part.replaceAll("[^A-Za-z0-9]", ""))
        .collect(Collectors.joining());
  }
}
