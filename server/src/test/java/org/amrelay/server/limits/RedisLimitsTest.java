// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.authentication.limit.LimitClaim;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.LimitVerdict;
import org.amrelay.authentication.limit.MemoryLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(300)
class RedisLimitsTest {
    private static final Instant START = Instant.parse("2026-11-23T12:30:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    static Path directory;

    private static PrivateRedis redis;

    private final AtomicLong ticks = new AtomicLong();
    private final List<RedisScripts> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void redisRuns() throws Exception {
        redis = PrivateRedis.start(directory);
    }

    @AfterAll
    static void redisEnds() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void redisIsEmpty() {
        redis.ask(commands -> commands.flushall());
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void closeAll() {
        logger().detachAppender(log);
        logger().setLevel(null);
        open.forEach(RedisScripts::close);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(RedisScripts.class);
    }

    private RedisLimits relay(Duration budget) {
        return relay(redis.uri(), budget);
    }

    private RedisLimits relay(RedisURI server, Duration budget) {
        RedisScripts scripts = new RedisScripts(server, budget, Duration.ofSeconds(1), ticks::get);
        open.add(scripts);
        return new RedisLimits(scripts, new MemoryLimits());
    }

    private static LimitClaim claim(String rule, String subject, long amount, String member) {
        return new LimitClaim(LimitRule.parse(rule, rule), subject, amount, member);
    }

    private static List<LimitClaim> message() {
        return List.of(claim("2 messages per account in 1h", "ann@ours.test", 1, ""));
    }

    private static boolean admits(LimitStore store, Instant now) {
        return store.claim(message(), now) instanceof LimitVerdict.Admitted;
    }

    /** Rules of all kinds, times that jump, and clients that come again: the memory limiter is the standard. */
    @Test
    void saysWhatTheMemoryLimiterSays() {
        RedisLimits shared = relay(LONG);
        MemoryLimits own = new MemoryLimits();
        Random random = new Random(4);
        List<String> rules = List.of(
                "30 messages per account in 1h",
                "25 recipients per account in 30m fixed",
                "20KB bytes per account in 1h",
                "9 distinct-recipients per account in 50m",
                "9 distinct-recipients per account in 50m fixed",
                "60% new-recipients per account in 40m",
                "55% new-recipients per account in 1h fixed");
        Instant now = START;
        int exceeded = 0;
        for (int i = 0; i < 4_000; i++) {
            now = now.plusMillis(random.nextInt(20) == 0 ? random.nextInt(3_600_000) : random.nextInt(15_000));
            String subject = "account-" + random.nextInt(2) + "@ours.test";
            String member = "r" + (random.nextBoolean() ? random.nextInt(15) : random.nextInt(4_000)) + "@other.test";
            int first = random.nextInt(rules.size());
            List<LimitClaim> claims = new ArrayList<>();
            for (int k = 0; k <= random.nextInt(2); k++) {
                String rule = rules.get((first + k) % rules.size());
                claims.add(claim(rule, subject, rule.contains("bytes") ? random.nextInt(6_000) : 1, member));
            }
            LimitVerdict expected = own.claim(claims, now);
            assertThat(shared.claim(claims, now)).as("step %s: %s", i, claims).isEqualTo(expected);
            exceeded += expected instanceof LimitVerdict.Exceeded ? 1 : 0;
        }
        assertThat(exceeded).isBetween(200, 3_800);
        assertThat(log.list).isEmpty();
    }

    @Test
    void relaysCountTogetherAndALimitHoldsToTheLastMessage() throws Exception {
        List<RedisLimits> relays = List.of(relay(LONG), relay(LONG));
        LimitClaim claim = claim("200 messages per account in 1h", "ann@ours.test", 1, "");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> admitted = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                RedisLimits relay = relays.get(client % 2);
                admitted.add(clients.submit(() -> {
                    int count = 0;
                    for (int i = 0; i < 50; i++) {
                        count += relay.claim(List.of(claim), START) instanceof LimitVerdict.Admitted ? 1 : 0;
                    }
                    return count;
                }));
            }
            int sum = 0;
            for (Future<Integer> each : admitted) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(200);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void countsAllClaimsOrNone() {
        RedisLimits relay = relay(LONG);
        LimitClaim wide = claim("3 messages per account in 1h", "ann@ours.test", 1, "");
        LimitClaim narrow = claim("1 messages per domain in 1h", "ours.test", 1, "");
        assertThat(relay.claim(List.of(wide, narrow), START)).isInstanceOf(LimitVerdict.Admitted.class);
        for (int i = 0; i < 5; i++) {
            assertThat(relay.claim(List.of(wide, narrow), START)).isInstanceOf(LimitVerdict.Exceeded.class);
        }
        assertThat(relay.claim(List.of(wide), START)).isInstanceOf(LimitVerdict.Admitted.class);
    }

    @Test
    void everyKeyExpiresAndNamesNoRecipient() {
        RedisLimits relay = relay(LONG);
        String member = "bob@secret.test";
        relay.claim(
                List.of(
                        claim("9 messages per account in 1h", "ann@ours.test", 1, ""),
                        claim("9 recipients per account in 1d fixed", "ann@ours.test", 1, ""),
                        claim("9 distinct-recipients per account in 1h", "ann@ours.test", 1, member),
                        claim("9% new-recipients per account in 31d", "ann@ours.test", 1, member)),
                START);
        List<String> keys = redis.ask(commands -> commands.keys("*"));
        assertThat(keys).hasSize(6);
        for (String key : keys) {
            assertThat(key).startsWith("amr:limit:").doesNotContain("secret");
            assertThat(redis.<Long>ask(commands -> commands.pttl(key)))
                    .isBetween(1L, Duration.ofDays(91).toMillis());
        }
        String known =
                keys.stream().filter(key -> key.endsWith(":known")).findFirst().orElseThrow();
        assertThat(redis.<List<String>>ask(commands -> commands.zrange(known, 0, -1)))
                .singleElement()
                .asString()
                .doesNotContain("bob");
    }

    @Test
    void countsByItselfWhileRedisIsAwayAndSaysSoOnce() throws Exception {
        // What is under way when the connection ends waits for the next one, for its budget
        RedisLimits relay = relay(Duration.ofSeconds(10));
        assertThat(admits(relay, START)).isTrue();
        redis.stop();
        try {
            // A connection that ended is seen a moment later
            await().atMost(LONG).until(() -> {
                relay.claim(List.of(claim("900 messages per account in 1h", "x@ours.test", 1, "")), START);
                return !log.list.isEmpty();
            });
            for (int i = 0; i < 5; i++) {
                ticks.addAndGet(Duration.ofSeconds(2).toNanos());
                assertThat(admits(relay, START)).isEqualTo(i < 2);
            }
            assertThat(log.list).hasSize(1);
            assertThat(log.list.get(0).getFormattedMessage()).contains("is away, this relay counts by itself");
        } finally {
            redis.startAgain();
        }
        await().atMost(LONG).until(() -> {
            ticks.addAndGet(Duration.ofSeconds(2).toNanos());
            relay.claim(List.of(claim("900 messages per account in 1h", "x@ours.test", 1, "")), START);
            return log.list.size() == 2;
        });
        assertThat(log.list.get(1).getFormattedMessage()).endsWith("answers again");
        // The new server knows neither the counts nor the script
        assertThat(admits(relay, START)).isTrue();
    }

    @Test
    void aServerThatHangsDelaysOneCallAndNotTheNext() throws Exception {
        RedisLimits relay = relay(SHORT);
        await().atMost(LONG).until(() -> {
            ticks.addAndGet(Duration.ofSeconds(2).toNanos());
            admits(relay, START);
            return redis.<Long>ask(commands -> commands.dbsize()) > 0;
        });
        ticks.addAndGet(Duration.ofSeconds(2).toNanos());
        redis.hang();
        try {
            // Each of these would take its budget of 300 ms if it asked: 50 minutes
            for (int i = 0; i < 10_000; i++) {
                relay.claim(message(), START);
            }
            assertThat(admits(relay, START)).isFalse();
        } finally {
            redis.goOn();
        }
    }

    @Test
    void startsWithoutRedisAndFindsItLater() throws Exception {
        redis.stop();
        RedisLimits relay = relay(LONG);
        try {
            assertThat(admits(relay, START)).isTrue();
            assertThat(log.list).hasSize(1);
        } finally {
            redis.startAgain();
        }
        await().atMost(LONG).until(() -> {
            ticks.addAndGet(Duration.ofSeconds(2).toNanos());
            relay.claim(message(), START);
            return redis.<Long>ask(commands -> commands.dbsize()) > 0;
        });
    }

    @Test
    void whatRedisRefusesIsCountedHere() {
        LimitClaim claim = message().get(0);
        redis.ask(commands -> commands.set("amr:limit:sum:3600000:s:" + claim.key(), "not ours"));
        RedisLimits relay = relay(LONG);
        assertThat(admits(relay, START)).isTrue();
        ticks.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(admits(relay, START)).isTrue();
        ticks.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(admits(relay, START)).isFalse();
        assertThat(log.list).singleElement().asString().contains("WRONGTYPE");
    }
}
