// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.amrelay.authentication.srs.OriginalSender.NotRewritten;
import org.amrelay.authentication.srs.OriginalSender.Refused;
import org.amrelay.authentication.srs.OriginalSender.Sender;
import org.amrelay.mail.address.EmailAddress;

/**
 * Tags envelope senders of ours, so that bounces of mail that we never sent are recognised (BATV,
 * draft-levine-smtp-batv-01): {@code prvs=kdddhhhhhh=local@domain}.
 *
 * <p>Safe for several threads.
 */
public final class BounceTag {
    private static final String SCHEME = "prvs=";
    private static final int TAG_LENGTH = 10;
    private static final int DAYS = 1000;
    private static final int HASH_OCTETS = 3;

    private final List<String> secrets;
    private final Duration validity;
    private final InstantSource clock;

    /**
     * A tagger for all senders.
     *
     * @param secrets at least one; the first one makes tags, all of them are accepted
     * @param validity whole days, 1 to 100, for which bounces are accepted
     */
    public BounceTag(List<String> secrets, Duration validity, InstantSource clock) {
        if (secrets.isEmpty() || validity.toDays() < 1 || validity.toDays() > 100) {
            throw new IllegalArgumentException("a secret and 1 to 100 days are needed");
        }
        this.secrets = List.copyOf(secrets);
        this.validity = validity;
        this.clock = clock;
    }

    /** The tagged sender; one that has a tag already stays as it is. */
    public EmailAddress tag(EmailAddress sender) {
        if (isTagged(sender)) {
            return sender;
        }
        String start = String.format(Locale.ROOT, "0%03d", (today() + validity.toDays()) % DAYS);
        return new EmailAddress(
                SCHEME + start + hash(secrets.get(0), start, sender) + '=' + sender.localPart(), sender.domain());
    }

    /** Where a bounce to an address belongs. */
    public OriginalSender original(EmailAddress recipient) {
        if (!isTagged(recipient)) {
            return new NotRewritten();
        }
        String text = recipient.localPart().substring(SCHEME.length());
        EmailAddress sender = new EmailAddress(text.substring(TAG_LENGTH + 1), recipient.domain());
        String start = text.substring(0, 4);
        byte[] given = text.substring(4, TAG_LENGTH).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        boolean ours = secrets.stream()
                .map(secret -> hash(secret, start, sender).getBytes(StandardCharsets.ISO_8859_1))
                .anyMatch(own -> MessageDigest.isEqual(own, given));
        if (!ours) {
            return new Refused("tag is not ours");
        }
        long left = Math.floorMod(Long.parseLong(start.substring(1)) - today(), (long) DAYS);
        return left <= validity.toDays() ? new Sender(sender) : new Refused("too old");
    }

    private static boolean isTagged(EmailAddress address) {
        String local = address.localPart();
        int end = SCHEME.length() + TAG_LENGTH;
        return local.length() > end + 1
                && local.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && local.charAt(end) == '='
                && local.substring(SCHEME.length(), SCHEME.length() + 4).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String hash(String secret, String start, EmailAddress sender) {
        byte[] mac = KeyedHash.of(secret, start + sender);
        return HexFormat.of().formatHex(mac, 0, HASH_OCTETS);
    }

    private long today() {
        return clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
    }
}
