package dev.microcos.local.services.apigateway;

import dev.microcos.local.services.apigateway.JwtAuthorizer.Decision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tokens that passed, the ones used longest ago leaving first; none outlives its expiry. */
final class TokenCache {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Decision.Granted> tokens;

  TokenCache(int capacity) {
    tokens =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Decision.Granted> eldest) {
            return size() > capacity;
          }
        };
  }

  Decision.@Nullable Granted find(String token, Instant now) {
    lock.lock();
    try {
      Decision.Granted granted = tokens.get(token);
      if (granted != null && !granted.expiresAt().isAfter(now)) {
        tokens.remove(token);
        return null;
      }
      return granted;
    } finally {
      lock.unlock();
    }
  }

  void keep(String token, Decision.Granted granted) {
    lock.lock();
    try {
      tokens.put(token, granted);
    } finally {
      lock.unlock();
    }
  }
}
