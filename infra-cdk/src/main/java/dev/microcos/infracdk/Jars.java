package dev.microcos.infracdk;

import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** Where the functions' code comes from. */
public sealed interface Jars {

  /** The code of a function, given the name of its folder. */
  Code of(Construct scope, String function);

  /** The path of a function's jar from the root of the repository. */
  static String path(String function) {
    return "functions/" + function + "/target/functions-" + function + ".jar";
  }

  /** By name only: for templates, which say which jar it is and not what is in it. */
  record Named() implements Jars {
    @Override
    public Code of(Construct scope, String function) {
      return Code.fromBucketV2(
          Bucket.fromBucketName(scope, "Jars", "microcos-functions"), path(function));
    }
  }

  /**
   * The jars as built, to be uploaded.
   *
   * @param root of the repository
   */
  record Built(Path root) implements Jars {
    @Override
    public Code of(Construct scope, String function) {
      Path jar = root.resolve(path(function));
      if (!Files.exists(jar)) {
        throw new IllegalStateException(jar + " is not built; run mvn package -DskipTests first");
      }
      return Code.fromAsset(jar.toString());
    }
  }
}
