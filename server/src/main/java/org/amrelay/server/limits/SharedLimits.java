// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.amrelay.authentication.limit.LimitClaim;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.LimitVerdict;
import org.amrelay.authentication.limit.MemoryLimits;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;

/**
 * The counts of a relay: of its own memory or, with {@code limits.shared}, of a Redis that others use as well.
 *
 * <p>Safe for several threads. Closed once.
 */
public final class SharedLimits implements LimitStore, AutoCloseable {
    private static final Duration BUDGET = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String URL = "AMR_LIMIT_SHARED";
    private static final String PASSWORD_FILE = "AMR_LIMIT_SHARED_PASSWORD_FILE";

    private final Optional<RedisScripts> redis;
    private final LimitStore counts;

    /** @throws StartRefused when the address or the file with the password cannot be read; Redis itself may be away */
    @Inject
    public SharedLimits(Home home, RelaySettings settings) {
        String url = settings.value(URL);
        MemoryLimits memory = new MemoryLimits();
        this.redis = url.isEmpty()
                ? Optional.empty()
                : Optional.of(new RedisScripts(
                        server(url, home, settings.value(PASSWORD_FILE)), BUDGET, PAUSE, System::nanoTime));
        this.counts = redis.<LimitStore>map(scripts -> new RedisLimits(scripts, memory))
                .orElse(memory);
    }

    private static RedisURI server(String url, Home home, String passwordFile) {
        RedisURI server;
        try {
            server = RedisURI.create(url);
        } catch (IllegalArgumentException wrong) {
            // Without the cause: its text may hold the password
            throw new StartRefused("limits.shared is no address like redis://redis.internal:6379/0");
        }
        if (!passwordFile.isEmpty()) {
            Optional<String> user = Optional.ofNullable(server.getUsername());
            char[] password = firstLine(home.resolve(passwordFile)).toCharArray();
            RedisURI.Builder builder = RedisURI.builder(server);
            server = user.map(name -> builder.withAuthentication(name, password))
                    .orElseGet(() -> builder.withPassword(password))
                    .build();
        }
        return server;
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new StartRefused("limits.shared-password-file cannot be read: " + file, unreadable);
        }
    }

    @Override
    public boolean mayWait() {
        return counts.mayWait();
    }

    @Override
    public LimitVerdict claim(List<LimitClaim> claims, Instant now) {
        return counts.claim(claims, now);
    }

    @PreDestroy
    @Override
    public void close() {
        redis.ifPresent(RedisScripts::close);
    }
}
