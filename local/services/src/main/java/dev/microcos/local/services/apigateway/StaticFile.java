package dev.microcos.local.services.apigateway;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A file as it is served.
 *
 * @param contentType such as {@code text/html; charset=utf-8}
 * @param etag quoted, of the content
 * @param cacheControl {@code no-cache} (ask each time) unless the name carries a hash of the
 *     content
 */
public record StaticFile(String contentType, String etag, String cacheControl, byte[] content) {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  /** A file by its path, which decides its type and how long it may be kept. */
  public static StaticFile of(String path, byte[] content) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new StaticFile(
        TYPES.getOrDefault(extension, "application/octet-stream"),
        '"' + hash(content).substring(0, 32) + '"',
        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        content);
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
