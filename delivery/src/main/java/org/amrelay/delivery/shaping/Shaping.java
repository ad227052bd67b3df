// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The rules together with what is remembered of earlier runs.
 *
 * <p>Opened once, before mail moves; then for one thread.
 */
public final class Shaping {
    private static final String WARM_UP = "warm-up ";
    private static final String SITE = "site ";

    private final ShapingRules rules;
    private final ShapingMemory memory;
    private final Map<String, String> remembered;
    private final SourceCaps sourceCaps;

    private Shaping(ShapingRules rules, ShapingMemory memory, Map<String, String> remembered) {
        this.rules = rules;
        this.memory = memory;
        this.remembered = new HashMap<>(remembered);
        this.sourceCaps = new SourceCaps(rules.sources(), remembered);
    }

    /** Reads what is remembered; may block. A warm-up without a start begins today, or has begun when it is known. */
    public static Shaping open(ShapingRules rules, ShapingMemory memory, Instant now) {
        Map<String, String> known = memory.load();
        UnaryOperator<WarmUp> started =
                plan -> plan.start().isPresent() ? plan : plan.startingAt(begun(plan, known, memory, now));
        Map<InetAddress, WarmUp> sources = new HashMap<>(rules.sources());
        sources.replaceAll((source, plan) -> started.apply(plan));
        return new Shaping(
                new ShapingRules(
                        rules.limits(),
                        rules.sites(),
                        rules.replies(),
                        rules.recovery(),
                        rules.warmUp().map(started),
                        sources,
                        rules.weights(),
                        rules.retry()),
                memory,
                known);
    }

    private static LocalDate begun(WarmUp plan, Map<String, String> known, ShapingMemory memory, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String name = WARM_UP + plan.source();
        String text = known.getOrDefault(name, "");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unknown) {
            memory.keep(name, today.toString());
            return today;
        }
    }

    public ShapingRules rules() {
        return rules;
    }

    /** The throttle of a site, as it was left. */
    public SiteThrottle throttle(String site) {
        return new SiteThrottle(site, rules, remembered.getOrDefault(SITE + site, ""));
    }

    /** What new source addresses may send. */
    public SourceCaps sourceCaps() {
        return sourceCaps;
    }

    /** Keeps what the source addresses have sent. */
    public void keepSources(Instant now) {
        sourceCaps.keep(memory, now);
    }

    /** Keeps how a site stands when that has changed. */
    public void keep(String site, SiteThrottle throttle) {
        if (throttle.hasChanged()) {
            String text = throttle.remembered();
            remembered.put(SITE + site, text);
            memory.keep(SITE + site, text);
        }
    }
}
