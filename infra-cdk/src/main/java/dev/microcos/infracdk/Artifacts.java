package dev.microcos.infracdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;

/** Where the functions' code and the page's files come from. */
public sealed interface Artifacts {

  /** The code of a function, given the name of its folder. */
  Code code(Construct scope, String function);

  /**
   * Puts the page into {@code bucket}, with {@code config} as its {@code /config.json}.
   *
   * @param config may hold values that are known only when the stack is deployed
   */
  void page(Construct scope, Bucket bucket, Map<String, String> config);

  /** The path of a function's jar from the root of the repository. */
  static String jar(String function) {
    return "functions/" + function + "/target/functions-" + function + ".jar";
  }

  /** By name only: for templates, which say which jar it is and not what is in it. */
  record Named() implements Artifacts {
    @Override
    public Code code(Construct scope, String function) {
      return Code.fromBucketV2(
          Bucket.fromBucketName(scope, "Jars", "microcos-functions"), jar(function));
    }

    @Override
    public void page(Construct scope, Bucket bucket, Map<String, String> config) {
      // the files of the page are no part of the wiring
    }
  }

  /**
   * What was built, to be uploaded.
   *
   * @param root of the repository
   */
  record Built(Path root) implements Artifacts {
    private static final Duration FOREVER = Duration.days(365);

    @Override
    public Code code(Construct scope, String function) {
      return Code.fromAsset(there(jar(function)).toString());
    }

    /** What Vite names by its content is kept for ever; all else is asked for again each time. */
    @Override
    public void page(Construct scope, Bucket bucket, Map<String, String> config) {
      String page = there("web/dist").toString();
      ISource files = Source.asset(page);
      BucketDeployment assets =
          BucketDeployment.Builder.create(scope, "Assets")
              .sources(List.of(files))
              .destinationBucket(bucket)
              .exclude(List.of("*"))
              .include(List.of("assets/*"))
              .prune(false)
              .retainOnDelete(false)
              .cacheControl(
                  List.of(
                      CacheControl.setPublic(),
                      CacheControl.maxAge(FOREVER),
                      CacheControl.immutable()))
              .build();
      BucketDeployment.Builder.create(scope, "Files")
          .sources(List.of(files, Source.jsonData("config.json", config)))
          .destinationBucket(bucket)
          .exclude(List.of("assets/*"))
          .prune(false)
          .retainOnDelete(false)
          .cacheControl(List.of(CacheControl.noCache()))
          .build()
          .getNode()
          .addDependency(assets);
    }

    private Path there(String path) {
      Path file = root.resolve(path);
      if (!Files.exists(file)) {
        throw new IllegalStateException(file + " is not built; run mvn package -DskipTests first");
      }
      return file;
    }
  }
}
