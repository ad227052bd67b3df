// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.amrelay.filtering.quarantine.DigestComposer;
import org.amrelay.filtering.quarantine.DigestRound;
import org.amrelay.filtering.quarantine.DigestSettings;
import org.amrelay.filtering.quarantine.DigestTexts;
import org.amrelay.filtering.quarantine.DigestTimes;
import org.amrelay.filtering.quarantine.LinkSigner;
import org.amrelay.filtering.quarantine.QuarantineStores;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.SecretKeyText;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.RelayStorage;
import org.apache.mailet.AttributeValue;

/**
 * What it takes to decide about mail in quarantine.
 *
 * @param digests empty when no public URL is set, or no relay runs
 */
public record QuarantineDesk(QuarantineStores stores, Optional<Digests> digests, SpamFeedback feedback, Clock clock) {
    private static final Duration LINK_LIFE = Duration.ofDays(60);
    private static final String IS_DIGEST = AttributeValue.of(true)
            .toJson()
            .orElseThrow(() -> new IllegalStateException("true has a text form"))
            .toString();

    /** What tells recipients and hears them. */
    public record Digests(DigestRound round, LinkSigner links, DigestSettings settings) {}

    /** A desk without digests. */
    public static QuarantineDesk plain(RelayStorage storage, Clock clock) {
        return new QuarantineDesk(storage.quarantine(), Optional.empty(), SpamFeedback.recorded(), clock);
    }

    /**
     * The desk of a running relay.
     *
     * @throws StartRefused when a setting cannot be
     */
    static QuarantineDesk of(
            Home home,
            RelaySettings settings,
            Map<String, String> environment,
            RelayStorage storage,
            SpamFeedback feedback,
            Clock clock) {
        String url = settings.value("AMR_QUARANTINE_PUBLIC_URL").strip();
        try {
            DigestTimes times =
                    DigestTimes.parse(settings.value("AMR_QUARANTINE_DIGEST_TIMES"), ZoneId.systemDefault());
            if (url.isEmpty()) {
                return new QuarantineDesk(storage.quarantine(), Optional.empty(), feedback, clock);
            }
            DigestSettings digest = new DigestSettings(
                    DigestSettings.checkedUrl(url),
                    settings.hostname(),
                    DigestTexts.of(settings.value("AMR_NOTICE_LANGUAGE")),
                    LINK_LIFE);
            byte[] secret =
                    SecretKeyText.read(home, settings, environment).strip().getBytes(StandardCharsets.UTF_8);
            LinkSigner links = new LinkSigner(secret, clock);
            DigestRound round = new DigestRound(
                    storage.quarantine().digests(),
                    new DigestComposer(digest, links, ZoneId.systemDefault()),
                    times,
                    isOurs(settings, storage),
                    () -> "digest-" + UUID.randomUUID(),
                    Map.of(QuarantineMarks.DIGEST.asString(), IS_DIGEST),
                    clock);
            return new QuarantineDesk(
                    storage.quarantine(), Optional.of(new Digests(round, links, digest)), feedback, clock);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("quarantine in relay.yaml: " + wrong.getMessage(), wrong);
        }
    }

    private static Predicate<EmailAddress> isOurs(RelaySettings settings, RelayStorage storage) {
        List<DomainPattern> further = Arrays.stream(
                        settings.value("AMR_RELAY_DOMAINS").split("[,\\n]", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(DomainPattern::of)
                .toList();
        return address ->
                storage.domains().contains(address.domain()) || DomainPattern.anyMatches(further, address.domain());
    }
}
