package dev.microcos.local.cloud;

import dev.microcos.core.wire.schedule.ScheduleExpression;
import dev.microcos.core.wire.workflow.WorkflowFolder;
import dev.microcos.local.cloud.admin.AdminServer;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.cloud.template.Place;
import dev.microcos.local.cloud.template.TemplateException;
import dev.microcos.local.services.apigateway.ConnectionsService;
import dev.microcos.local.services.apigateway.Front;
import dev.microcos.local.services.apigateway.FrontConfiguration;
import dev.microcos.local.services.apigateway.HttpApi;
import dev.microcos.local.services.apigateway.SocketApi;
import dev.microcos.local.services.bedrock.BedrockService;
import dev.microcos.local.services.bedrock.LocalModels;
import dev.microcos.local.services.bedrock.model.FaultSwitch;
import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelCatalog;
import dev.microcos.local.services.lambda.EventSourceMapping;
import dev.microcos.local.services.lambda.MappingConfiguration;
import dev.microcos.local.services.lambda.QueueSource;
import dev.microcos.local.services.oidc.OidcConfiguration;
import dev.microcos.local.services.oidc.OidcIssuer;
import dev.microcos.local.services.scheduler.SchedulerService;
import dev.microcos.local.services.secretsmanager.SecretsService;
import dev.microcos.local.services.store.StoreException;
import dev.microcos.local.services.transport.AwsServer;
import dev.microcos.local.services.transport.Counts;
import dev.microcos.local.services.transport.Router;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A running local cloud: the template of one environment as AWS would be it, in this process. The
 * page, the APIs and sign-in are on one port, the admin routes on another, the AWS services on a
 * third. What was acknowledged is on the disk, however it ends.
 */
public final class LocalCloud implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalCloud.class.getName());

  /** Who signs in to the page with one click. */
  private static final String PAGES_PERSON = "me";

  private final Ports ports;
  private final String model;
  private final List<String> withoutEffect;
  private final Closing closing;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LocalCloud(Ports ports, String model, List<String> withoutEffect, Closing closing) {
    this.ports = ports;
    this.model = model;
    this.withoutEffect = withoutEffect;
    this.closing = closing;
  }

  /**
   * Starts a cloud and returns when it answers.
   *
   * @throws CloudException if a port or the data folder is in use, or a function does not start
   * @throws TemplateException naming what the local cloud cannot be
   */
  public static LocalCloud start(LocalCloudOptions options) {
    Closing closing = new Closing();
    try {
      return assemble(options, closing);
    } catch (IOException e) {
      closing.close();
      throw new CloudException("the local cloud does not start: " + e.getMessage(), e);
    } catch (StoreException e) {
      closing.close();
      throw new CloudException(
          e.getMessage() + "; stop it, or choose another folder with --data", e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static LocalCloud assemble(LocalCloudOptions options, Closing closing)
      throws IOException {
    Ports ports = Ports.take(options);
    Place place = Blueprints.PLACE.at(ports.aws());
    makeFolder(options.data());
    closing.add(Logs.to(options.data()));
    VirtualClock clock = new VirtualClock(InstantSource.system(), options.data().resolve("clock"));
    CompletableFuture<Services> opening =
        SideBySide.begin(() -> Services.open(options.data(), clock, place));
    closing.add(() -> SideBySide.ended(opening).ifPresent(Services::close));
    CompletableFuture<WorkflowFolder> reading =
        SideBySide.begin(() -> WorkflowMachines.read(WorkflowsPath.of(options.variables())));
    URI signIn = URI.create("http://127.0.0.1:" + ports.front() + "/oidc");
    OidcConfiguration oidc = OidcConfiguration.local(signIn);
    Blueprint blueprint =
        Blueprints.of(
            options.environment(),
            Map.of("Issuer", oidc.issuer().toString(), "Audience", oidc.audience()),
            place);
    OidcIssuer issuer = new OidcIssuer(oidc, options.data(), clock);

    Services services = SideBySide.end(opening);
    services.make(blueprint);
    closing.add(Expiry.every(Duration.ofMinutes(1), services::removeExpired));
    Functions functions = closing.add(new Functions());
    StateMachines machines = closing.add(StateMachines.open(services.store(), clock, functions));
    closing.add(Expiry.every(Duration.ofMinutes(1), machines::removeExpired));
    Apis apis = new Apis(place, functions, clock);
    SocketApi sockets = apis.sockets(Blueprints.only(blueprint.socketApis(), "WebSocket API"));
    HttpApi http =
        apis.http(
            Blueprints.only(blueprint.httpApis(), "HTTP API"),
            issuer::publicKey,
            trial(options.environment(), issuer),
            machines::forget);

    FaultSwitch model = new FaultSwitch(model(options.variables()));
    Crashes crashes = new Crashes();
    SchedulerService scheduler =
        closing.add(
            new SchedulerService(
                options.data().resolve("schedules.json"),
                clock,
                (expression, zone, start, after) ->
                    ScheduleExpression.parse(expression, zone, start).after(after),
                functions::invoke));
    WorkflowMachines workflows =
        new WorkflowMachines(
            SideBySide.end(reading), machines, scheduler, blueprint, System.err::println);
    Switches switches = new Switches(model, crashes);
    Counts counts = new Counts();
    Router router =
        new Router(
            services.with(
                new BedrockService(ModelCatalog.from(options.variables()), model),
                new ConnectionsService(sockets),
                scheduler,
                new SecretsService(options.variables()),
                workflows.service(),
                machines.events()),
            counts,
            switches);
    functions.start(
        blueprint.functions(),
        new Hosts(options.variables(), place, ports, clock, router, crashes));

    machines.start(blueprint, router);
    blueprint.schedules().forEach(scheduler::make);
    workflows.refresh();
    closing.add(Expiry.every(Duration.ofSeconds(1), workflows::refresh));
    machines.events().start();
    scheduler.start();

    LocalCloud cloud = new LocalCloud(ports, model.name(), blueprint.withoutEffect(), closing);
    closing.add(AwsServer.start(router, ports.aws()));
    closing.add(
        AdminServer.start(
            ports.admin(),
            new AdminRoutes(
                    issuer,
                    clock,
                    () -> {
                      services.clockMoved();
                      machines.clockMoved();
                      scheduler.clockMoved();
                    },
                    sockets,
                    counts,
                    switches,
                    () -> services.down(switches),
                    cloud::closeSoon)
                .all()));
    for (Blueprint.Mapping mapping : blueprint.mappings()) {
      closing.add(map(mapping, services, functions, switches, crashes)).start();
    }
    closing.add(
        Front.start(
            new FrontConfiguration(
                "127.0.0.1",
                ports.front(),
                http,
                Optional.of(sockets),
                Page.of(signIn, options.environment()),
                Map.of("/oidc", issuer::handle),
                FrontConfiguration.OWN_ORIGIN_ONLY,
                Set.of())));
    closing.add(RunningFile.write(options.data(), ports));
    return cloud;
  }

  private static void makeFolder(Path data) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new CloudException(
          "the folder " + data + " cannot be made; choose another with --data", e);
    }
  }

  private static ModelBackend model(Map<String, String> variables) {
    try {
      return LocalModels.from(variables);
    } catch (IllegalArgumentException e) {
      throw new CloudException(String.valueOf(e.getMessage()), e);
    }
  }

  /** In development, and only there, the orchestrator may be tried as the page's own person. */
  private static Optional<Supplier<String>> trial(String environment, OidcIssuer issuer) {
    return environment.equals("development")
        ? Optional.of(() -> issuer.mint(PAGES_PERSON, Set.of("microcos")).token())
        : Optional.empty();
  }

  private static EventSourceMapping map(
      Blueprint.Mapping mapping,
      Services services,
      Functions functions,
      Switches switches,
      Crashes crashes) {
    QueueSource queue =
        new ForgetfulSource(
            new SqsSource(services.sqs(), mapping.queueArn()), crashes::losesAcknowledgement);
    return new EventSourceMapping(
        new MappingConfiguration(
            mapping.queueArn(),
            mapping.batchSize(),
            mapping.maximumConcurrency(),
            mapping.reportBatchItemFailures()),
        new TwiceSource(queue, switches::deliversTwice),
        functions.find(mapping.functionName()));
  }

  /** Where the page and the APIs are. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + ports.front());
  }

  /** Where the admin routes are. */
  public URI adminUrl() {
    return URI.create("http://127.0.0.1:" + ports.admin());
  }

  /** Where the AWS services are. */
  public URI awsUrl() {
    return URI.create("http://127.0.0.1:" + ports.aws());
  }

  /** What answers behind the Bedrock wire, in words for a person. */
  public String model() {
    return model;
  }

  /** The resources of the template that do nothing here, each as type and logical id. */
  public List<String> withoutEffect() {
    return withoutEffect;
  }

  /** Returns when the cloud is closed, by whom ever. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private void closeSoon() {
    Thread.ofPlatform().name("stop").start(this::close);
  }

  /**
   * Closes the sockets with 1012, lets what is being worked on end, and gives ports and folder
   * free. Closing again does nothing.
   */
  @Override
  public void close() {
    try {
      closing.close();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the local cloud did not close well", e);
    } finally {
      closed.countDown();
    }
  }
}
