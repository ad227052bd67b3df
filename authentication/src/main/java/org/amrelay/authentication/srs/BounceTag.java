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
 * <p>The key number k, which the hash covers, says what was tagged: 0 a sender, 1 a sender with the mark of one recipient. So a
 * sender whose own name looks like a mark is never taken for a marked one.
 *
 * <p>Safe for several threads.
 */
public final class BounceTag {
    private static final String SCHEME = "prvs=";
    private static final char SENDER = '0';
    private static final char MARKED = '1';
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

    /** The tagged sender; one that has a tag of ours already stays as it is. */
    public EmailAddress tag(EmailAddress sender) {
        return tag(sender, SENDER);
    }

    /** The same for a sender with the mark of one recipient. */
    public EmailAddress tagMarked(EmailAddress marked) {
        return tag(marked, MARKED);
    }

    private EmailAddress tag(EmailAddress sender, char key) {
        if (hasTag(sender)) {
            return sender;
        }
        String start = key + String.format(Locale.ROOT, "%03d", (today() + validity.toDays()) % DAYS);
        return new EmailAddress(
                SCHEME + start + hash(secrets.get(0), start, sender) + '=' + sender.localPart(), sender.domain());
    }

    /** Where a bounce to an address belongs; a sender of one recipient has his mark still. */
    public OriginalSender original(EmailAddress recipient) {
        if (!isTagged(recipient)) {
            return new NotRewritten();
        }
        String start = start(recipient);
        EmailAddress sender = tagged(recipient);
        if (!hasTag(recipient)) {
            return new Refused("tag is not ours");
        }
        long left = Math.floorMod(Long.parseLong(start.substring(1)) - today(), (long) DAYS);
        return left <= validity.toDays() ? new Sender(sender, start.charAt(0) == MARKED) : new Refused("too old");
    }

    /** Whether an address has a tag of ours, however old. */
    public boolean hasTag(EmailAddress address) {
        if (!isTagged(address)) {
            return false;
        }
        String start = start(address);
        EmailAddress sender = tagged(address);
        byte[] given = address.localPart()
                .substring(SCHEME.length() + start.length(), SCHEME.length() + TAG_LENGTH)
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.ISO_8859_1);
        return secrets.stream()
                .map(secret -> hash(secret, start, sender).getBytes(StandardCharsets.ISO_8859_1))
                .anyMatch(own -> MessageDigest.isEqual(own, given));
    }

    /** Key number and day. */
    private static String start(EmailAddress address) {
        return address.localPart().substring(SCHEME.length(), SCHEME.length() + 4);
    }

    private static EmailAddress tagged(EmailAddress address) {
        return new EmailAddress(address.localPart().substring(SCHEME.length() + TAG_LENGTH + 1), address.domain());
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
