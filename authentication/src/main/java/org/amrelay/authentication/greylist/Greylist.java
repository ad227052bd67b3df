// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.greylist;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.address.Network;

/** Decides whether a stranger has to come back (RFC 6647 §2.3). Safe for several threads. */
public final class Greylist {
    private final GreylistStore store;
    private final GreylistSettings settings;

    public Greylist(GreylistStore store, GreylistSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Takes note of an attempt.
     *
     * @return how long to stay away, empty for those who may come in; fails when the store does not work
     */
    public CompletionStage<Optional<Duration>> meet(
            InetAddress client, String sender, List<String> recipients, Instant now) {
        Network network = Network.around(client, settings.prefix4(), settings.prefix6());
        String known = "net " + network;
        Instant forgetBefore = now.minus(settings.memory());
        return store.find(known).thenCompose(neighbours -> {
            if (isTrusted(neighbours, now)) {
                return store.update(known, kept -> seen(kept, now), forgetBefore)
                        .thenApply(kept -> Optional.<Duration>empty());
            }
            return store.update(key(network, sender, recipients), kept -> next(kept, now), forgetBefore)
                    .thenCompose(entry -> entry.passes() == 0
                            ? CompletableFuture.completedFuture(Optional.of(
                                    Duration.between(now, entry.firstSeen().plus(settings.delay()))))
                            : store.update(known, kept -> seen(kept, now), forgetBefore)
                                    .thenApply(kept -> Optional.empty()));
        });
    }

    private boolean isTrusted(Optional<GreylistEntry> neighbours, Instant now) {
        return settings.autoAllow() > 0
                && neighbours
                        .filter(entry -> entry.passes() >= settings.autoAllow())
                        .filter(entry -> !isForgotten(entry, now))
                        .isPresent();
    }

    private boolean isForgotten(GreylistEntry entry, Instant now) {
        return entry.lastSeen().plus(settings.memory()).isBefore(now);
    }

    private GreylistEntry seen(Optional<GreylistEntry> kept, Instant now) {
        return kept.filter(entry -> !isForgotten(entry, now))
                .map(entry -> new GreylistEntry(entry.firstSeen(), now, entry.passes() + 1))
                .orElseGet(() -> new GreylistEntry(now, now, 1));
    }

    private GreylistEntry next(Optional<GreylistEntry> kept, Instant now) {
        GreylistEntry fresh = new GreylistEntry(now, now, 0);
        if (kept.isEmpty() || isForgotten(kept.get(), now)) {
            return fresh;
        }
        GreylistEntry entry = kept.get();
        if (entry.passes() > 0) {
            return new GreylistEntry(entry.firstSeen(), now, entry.passes() + 1);
        }
        if (entry.firstSeen().plus(settings.window()).isBefore(now)) {
            return fresh;
        }
        boolean waited = !now.isBefore(entry.firstSeen().plus(settings.delay()));
        return new GreylistEntry(entry.firstSeen(), now, waited ? 1 : 0);
    }

    /** Of one length, whatever strangers write. */
    private static String key(Network network, String sender, List<String> recipients) {
        String all = network + "\n" + sender.toLowerCase(Locale.ROOT) + "\n"
                + String.join(
                        "\n",
                        recipients.stream()
                                .map(to -> to.toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
