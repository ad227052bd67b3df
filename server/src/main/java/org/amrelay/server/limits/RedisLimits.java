// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.limit.LimitClaim;
import org.amrelay.authentication.limit.LimitMeasure;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.LimitVerdict;
import org.amrelay.authentication.limit.LimitWindow;

/**
 * Counts in Redis as {@code MemoryLimits} does, one script for all claims of an event; while Redis is away others count.
 *
 * <p>Safe for several threads; a call waits for Redis, for the time that {@link RedisScripts} has.
 */
final class RedisLimits implements LimitStore {
    private static final int SLICES = 16;
    /** A past that is this old compares nothing any more. */
    private static final Duration KNOWN = Duration.ofDays(90);

    private static final int HASHED = 18;

    private final RedisScripts redis;
    private final LimitStore meanwhile;
    private final RedisScript script = RedisScript.named("claim.lua");

    /** @param meanwhile counts while Redis is away */
    RedisLimits(RedisScripts redis, LimitStore meanwhile) {
        this.redis = redis;
        this.meanwhile = meanwhile;
    }

    @Override
    public boolean mayWait() {
        return true;
    }

    @Override
    public LimitVerdict claim(List<LimitClaim> claims, Instant now) {
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(now.toEpochMilli()));
        for (LimitClaim claim : claims) {
            String key = key(claim);
            keys.addAll(List.of(key, key + ":newcomers", key + ":known"));
            arguments.addAll(arguments(claim));
        }
        return redis.run(script, keys.toArray(String[]::new), arguments.toArray(String[]::new))
                .flatMap(answer -> verdict(answer, claims))
                .orElseGet(() -> meanwhile.claim(claims, now));
    }

    /** A rule that is changed begins anew: old slices would not fit. */
    private static String key(LimitClaim claim) {
        LimitWindow window = claim.rule().window();
        return "amr:limit:" + kind(claim) + ':' + window.length().toMillis() + (window.sliding() ? ":s:" : ":f:")
                + claim.key();
    }

    private static String kind(LimitClaim claim) {
        return switch (claim.rule().measure()) {
            case MESSAGES, RECIPIENTS, BYTES -> "sum";
            case DISTINCT_RECIPIENTS -> "distinct";
            case NEW_RECIPIENTS -> "new";
        };
    }

    private static List<String> arguments(LimitClaim claim) {
        LimitWindow window = claim.rule().window();
        long length = window.length().toMillis();
        long width = window.sliding() ? (length + SLICES - 1) / SLICES : length;
        boolean named = claim.rule().measure() == LimitMeasure.DISTINCT_RECIPIENTS
                || claim.rule().measure() == LimitMeasure.NEW_RECIPIENTS;
        return Arrays.asList(
                kind(claim),
                Long.toString(length),
                Long.toString(width),
                Integer.toString(window.sliding() ? SLICES + 1 : 1),
                Long.toString(claim.rule().most()),
                Long.toString(claim.amount()),
                named ? hash(claim.member()) : "",
                Long.toString(Math.max(KNOWN.toMillis(), 2 * length)));
    }

    /** Short, and no list of addresses for whoever reads Redis. */
    private static String hash(String member) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(member.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASHED));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /** Empty for an answer that is not ours. */
    private static Optional<LimitVerdict> verdict(List<Object> answer, List<LimitClaim> claims) {
        if (answer.size() != 2 || !(answer.get(0) instanceof Long number) || !(answer.get(1) instanceof String room)) {
            return Optional.empty();
        }
        return number == 0
                ? Optional.of(new LimitVerdict.Admitted())
                : Optional.of(new LimitVerdict.Exceeded(
                        claims.get(number.intValue() - 1), Instant.ofEpochMilli(Long.parseLong(room))));
    }
}
