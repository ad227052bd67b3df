// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.shaping;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.delivery.route.SourceAddress;
import org.amrelay.delivery.shaping.Recovery;
import org.amrelay.delivery.shaping.ReplyRule;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.shaping.SiteLimits;
import org.amrelay.delivery.shaping.SiteRule;
import org.amrelay.delivery.shaping.WarmUp;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * {@code conf/shaping.yaml}: limits of sites, what replies mean, retries. At most 1 MB.
 *
 * <p>A home without the file has the shipped one.
 */
public final class ShapingFile {
    private static final String SHIPPED = "/org/amrelay/server/conf/shaping.yaml";
    private static final int MAX_BYTES = 1_000_000;
    private static final Duration NEVER = Duration.ofDays(36_500);

    private ShapingFile() {}

    /**
     * Reads the rules of a home.
     *
     * @throws StartRefused with file, line and column when something cannot be
     */
    public static ShapingRules read(Home home) {
        Path file = home.conf().resolve("shaping.yaml");
        try (InputStream shipped = ShapingFile.class.getResourceAsStream(SHIPPED)) {
            boolean own = Files.exists(file);
            if (own && Files.size(file) > MAX_BYTES) {
                throw new StartRefused(file + " is larger than 1 MB; these are no rules");
            }
            byte[] bytes = own ? Files.readAllBytes(file) : shipped == null ? new byte[0] : shipped.readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8), file.toString());
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    static ShapingRules parse(String text, String file) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(file)
                            .setAllowDuplicateKeys(false)
                            .build())
                    .composeString(text);
            return root.map(node -> rules(new YamlSection(node))).orElseGet(ShapingRules::none);
        } catch (MarkedYamlEngineException broken) {
            String place = broken.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new StartRefused(file + place + ": " + broken.getProblem(), broken);
        } catch (YamlEngineException broken) {
            throw new StartRefused(file + " cannot be read: " + broken.getMessage(), broken);
        } catch (YamlSection.Mistake mistake) {
            throw new StartRefused(file + " " + mistake.getMessage(), mistake);
        }
    }

    private static ShapingRules rules(YamlSection file) {
        List<SiteRule> sites = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlSection each : file.sections("sites")) {
            SiteRule site = each.make(() -> site(each, names));
            sites.add(site);
        }
        List<ReplyRule> replies = file.sections("replies").stream()
                .map(each -> each.make(() -> reply(each, names)))
                .toList();
        return file.make(() -> new ShapingRules(
                limits(file.section("limits")),
                sites,
                replies,
                file.section("recovery").map(ShapingFile::recovery).orElseGet(Recovery::standard),
                file.section("warm-up").map(ShapingFile::warmUp),
                sources(file.sections("warm-up-sources")),
                file.section("weights").map(YamlSection::numbers).orElse(Map.of()),
                file.section("retry").map(ShapingFile::retry)));
    }

    private static SiteLimits limits(Optional<YamlSection> found) {
        return found.map(each -> each.make(() -> new SiteLimits(
                        (int) each.count("concurrency"),
                        (int) each.count("messages-per-connection"),
                        each.count("per-second"),
                        each.count("per-minute"),
                        each.count("per-hour"),
                        each.count("per-day"))))
                .orElseGet(SiteLimits::none);
    }

    private static SiteRule site(YamlSection each, Set<String> names) {
        String name = each.required("name");
        if (!names.add(name)) {
            throw new IllegalArgumentException("the site '" + name + "' is there twice");
        }
        return new SiteRule(
                name,
                each.texts("exchangers"),
                each.texts("next-hops"),
                limits(each.section("limits")),
                each.section("retry").map(ShapingFile::retry));
    }

    private static ReplyRule reply(YamlSection each, Set<String> names) {
        List<String> sites = each.texts("sites");
        sites.stream().filter(site -> !names.contains(site)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("the site '" + unknown + "' is not under 'sites'");
        });
        return new ReplyRule(
                each.required("name"),
                sites,
                each.list("codes", "reply codes like 421, or 4 for all of them", Integer::valueOf),
                each.texts("enhanced"),
                each.texts("says"),
                each.fraction("slow", 1),
                each.time("pause").orElse(Duration.ZERO),
                each.time("hold-account").orElse(Duration.ZERO),
                each.flag("keep-mail"));
    }

    private static Recovery recovery(YamlSection each) {
        Recovery standard = Recovery.standard();
        return each.make(() -> new Recovery(
                each.time("every").orElse(standard.every()),
                each.fraction("by", standard.by()),
                each.time("settle").orElse(standard.settle()),
                each.fraction("lowest", standard.lowest())));
    }

    private static WarmUp warmUp(YamlSection each) {
        return each.make(() -> new WarmUp(
                each.text("source").orElse("this relay"),
                each.day("start"),
                each.list("caps", "numbers like 50", Long::valueOf)));
    }

    private static Map<InetAddress, WarmUp> sources(List<YamlSection> written) {
        Map<InetAddress, WarmUp> sources = new HashMap<>();
        for (YamlSection each : written) {
            WarmUp plan = warmUp(each);
            InetAddress address =
                    each.make(() -> SourceAddress.of(each.required("source")).address());
            each.make(() -> {
                if (sources.putIfAbsent(address, plan) != null) {
                    throw new IllegalArgumentException("the source '" + plan.source() + "' is there twice");
                }
                return plan;
            });
        }
        return sources;
    }

    private static RetrySchedule retry(YamlSection each) {
        RetrySchedule standard = RetrySchedule.standard();
        return each.make(() -> {
            List<Duration> delays = each.times("delays");
            return new RetrySchedule(
                    delays.isEmpty() ? standard.delays() : delays,
                    each.text("jitter").map(Double::valueOf).orElse(standard.jitter()),
                    each.time("expiry").orElse(NEVER),
                    each.time("delay-notice").orElse(standard.delayNotice()));
        });
    }
}
