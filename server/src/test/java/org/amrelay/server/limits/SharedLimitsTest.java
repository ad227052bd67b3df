// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.limit.LimitClaim;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLimitsTest {
    @TempDir
    Path directory;

    private SharedLimits limits(Map<String, String> environment) {
        Home home = new Home(directory);
        return new SharedLimits(home, RelaySettings.read(home, environment));
    }

    @Test
    void aRelayCountsByItselfUnlessItIsTold() {
        try (SharedLimits limits = limits(Map.of())) {
            assertThat(limits.mayWait()).isFalse();
        }
    }

    @Test
    void givesThePasswordOfTheFile() throws Exception {
        Path run = Files.createDirectories(directory.resolve("redis"));
        Files.writeString(directory.resolve("redis.password"), "open it\nsecond line\n");
        LimitClaim claim =
                new LimitClaim(LimitRule.parse("rule", "9 messages per account in 1h"), "ann@ours.test", 1, "");
        try (PrivateRedis redis = PrivateRedis.start(run, "open it");
                SharedLimits limits = limits(
                        Map.of("AMR_LIMIT_SHARED", redis.url(), "AMR_LIMIT_SHARED_PASSWORD_FILE", "redis.password"))) {
            assertThat(limits.mayWait()).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                limits.claim(List.of(claim), Instant.parse("2026-11-23T12:30:00Z"));
                return redis.<Long>ask(commands -> commands.dbsize()) == 1;
            });
        }
    }

    @Test
    void refusesToStartWithWhatCannotBe() {
        assertThatThrownBy(() -> limits(Map.of("AMR_LIMIT_SHARED", "http://redis.internal")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("this is like redis://");
        assertThatThrownBy(() -> limits(Map.of("AMR_LIMIT_SHARED", "redis://user:s3cret@[")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("limits.shared")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> limits(
                        Map.of("AMR_LIMIT_SHARED", "redis://127.0.0.1", "AMR_LIMIT_SHARED_PASSWORD_FILE", "missing")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("limits.shared-password-file cannot be read");
    }
}
