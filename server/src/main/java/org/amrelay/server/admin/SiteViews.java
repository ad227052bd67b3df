// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.SiteReport;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.storage.failure.StorageUnavailable;

/** Finds the sites that an operator asks for, and says how they stand. Safe for several threads. */
public final class SiteViews {
    private static final long WAIT_SECONDS = 10;

    private final DeliveryEngine engine;

    public SiteViews(DeliveryEngine engine) {
        this.engine = engine;
    }

    /** All sites for an empty word, else the one with that name, or that a domain or next hop belongs to. */
    List<Answers.Site> find(String word) {
        List<SiteReport> all = await(engine.sites());
        if (word.isEmpty()) {
            return all.stream().map(SiteViews::view).toList();
        }
        List<SiteReport> exact = named(all, word);
        if (!exact.isEmpty()) {
            return exact.stream().map(SiteViews::view).toList();
        }
        return hops(word)
                .flatMap(hop -> await(engine.siteOf(hop)).stream())
                .findFirst()
                .map(site -> named(all, site))
                .orElse(List.of())
                .stream()
                .map(SiteViews::view)
                .toList();
    }

    private static List<SiteReport> named(List<SiteReport> all, String name) {
        return all.stream().filter(site -> site.name().equalsIgnoreCase(name)).toList();
    }

    /** {@code gmail} means gmail.com, too. */
    private static java.util.stream.Stream<NextHop> hops(String word) {
        Optional<NextHop> written = Optional.empty();
        if (word.contains(":")) {
            try {
                written = Optional.of(NextHop.parse(word));
            } catch (IllegalArgumentException none) {
                written = Optional.empty();
            }
        }
        return java.util.stream.Stream.concat(
                written.stream(),
                java.util.stream.Stream.of(
                        new NextHop.MailExchangersOf(word), new NextHop.MailExchangersOf(word + ".com")));
    }

    private static Answers.Site view(SiteReport site) {
        TreeMap<String, String> held = new TreeMap<>();
        site.heldParties().forEach((party, until) -> held.put(party, until.toString()));
        return new Answers.Site(
                site.name(),
                site.at().toString(),
                site.why(),
                site.waiting(),
                site.lanes(),
                site.active(),
                site.concurrency(),
                Math.round(site.factor() * 100),
                site.ratePerSecond(),
                site.deliveredPerSecond(),
                text(site.pausedUntil()),
                text(site.nextRaise()),
                text(site.drained()),
                held,
                site.decisions().stream()
                        .map(decision -> new Answers.Event(decision.at().toString(), "shaping", decision.toString()))
                        .toList());
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted before the delivery engine answered", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StorageUnavailable("the delivery engine did not answer: " + failed.getMessage(), failed);
        }
    }
}
