// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.srs.OriginalSender.NotRewritten;
import org.amrelay.authentication.srs.OriginalSender.Refused;
import org.amrelay.authentication.srs.OriginalSender.Sender;
import org.amrelay.mail.address.EmailAddress;

/**
 * Rewrites envelope senders of forwarded mail to a domain of ours, and back (Sender Rewriting Scheme).
 *
 * <p>{@code SRS0=hash=day=domain=local@ours} for a first hop, {@code SRS1=hash=hop==...@ours} for a later one, as
 * libsrs2 and postsrsd write them. Case does not matter on the way back, as some servers lose it.
 */
public final class SenderRewriting {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int DAYS = 1024;
    private static final String SEPARATORS = "=+-";

    private final Settings settings;
    private final InstantSource clock;

    /**
     * How to rewrite.
     *
     * @param domain bounces to it must reach us
     * @param secrets at least one; the first one makes addresses, all of them are accepted
     * @param validity whole days, 1 to 1000, for which bounces are accepted
     * @param hashLength characters, 4 (what most programs use) to 27 (all there is)
     */
    public record Settings(String domain, List<String> secrets, Duration validity, int hashLength) {
        public Settings {
            secrets = List.copyOf(secrets);
            boolean valid = !secrets.isEmpty()
                    && secrets.stream().noneMatch(String::isEmpty)
                    && validity.toDays() >= 1
                    && validity.toDays() <= 1000
                    && hashLength >= 4
                    && hashLength <= 27;
            if (!valid) {
                throw new IllegalArgumentException(
                        "a secret, 1 to 1000 days and a hash of 4 to 27 characters are needed");
            }
        }

        @Override
        public String toString() {
            return domain + " for " + validity.toDays() + " days";
        }
    }

    public SenderRewriting(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The address in our domain under which a forwarded message goes on; one of ours already stays as it is. */
    public EmailAddress rewrite(EmailAddress sender) {
        if (sender.domain().equalsIgnoreCase(settings.domain())) {
            return sender;
        }
        String local = sender.localPart();
        if (isScheme(local, "SRS1")) {
            // Still goes back to the first hop; only the proof is made new
            String[] parts = local.substring(5).split("=", 3);
            if (parts.length == 3) {
                return second(parts[1], parts[2]);
            }
        }
        if (isScheme(local, "SRS0")) {
            return second(sender.domain(), local.substring(4));
        }
        String day = day();
        String hash = hash(settings.secrets().get(0), day, sender.domain(), local);
        return ours("SRS0=" + hash + '=' + day + '=' + sender.domain() + '=' + local);
    }

    private EmailAddress second(String hop, String rest) {
        return ours("SRS1=" + hash(settings.secrets().get(0), hop, rest) + '=' + hop + '=' + rest);
    }

    private EmailAddress ours(String local) {
        return new EmailAddress(local, settings.domain());
    }

    /** Where a bounce to an address belongs; only addresses in our domain can be ours. */
    public OriginalSender original(EmailAddress recipient) {
        String local = recipient.localPart();
        boolean first = isScheme(local, "SRS0");
        if (!recipient.domain().equalsIgnoreCase(settings.domain()) || !first && !isScheme(local, "SRS1")) {
            return new NotRewritten();
        }
        return first ? firstHop(local.substring(5)) : laterHop(local.substring(5));
    }

    private OriginalSender firstHop(String text) {
        String[] parts = text.split("=", 4);
        if (parts.length < 4) {
            return new Refused("not the form of SRS0");
        }
        if (!isValid(parts[0], parts[1], parts[2], parts[3])) {
            return new Refused("hash is not ours");
        }
        if (age(parts[1]) > settings.validity().toDays()) {
            return new Refused("too old");
        }
        return sender(parts[3], parts[2]);
    }

    private OriginalSender laterHop(String text) {
        String[] parts = text.split("=", 3);
        if (parts.length < 3 || parts[2].isEmpty() || SEPARATORS.indexOf(parts[2].charAt(0)) < 0) {
            return new Refused("not the form of SRS1");
        }
        if (!isValid(parts[0], parts[1], parts[2])) {
            return new Refused("hash is not ours");
        }
        return sender("SRS0" + parts[2], parts[1]);
    }

    private static OriginalSender sender(String local, String domain) {
        Optional<EmailAddress> address =
                local.isEmpty() || domain.isEmpty() ? Optional.empty() : Optional.of(new EmailAddress(local, domain));
        return address.<OriginalSender>map(Sender::new).orElseGet(() -> new Refused("no sender in it"));
    }

    private boolean isValid(String hash, String... proven) {
        byte[] given = hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        return settings.secrets().stream()
                .map(secret -> hash(secret, proven).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1))
                .anyMatch(own -> MessageDigest.isEqual(own, given));
    }

    private String hash(String secret, String... proven) {
        byte[] mac = KeyedHash.of(secret, String.join("", proven).toLowerCase(Locale.ROOT));
        return Base64.getEncoder().encodeToString(mac).substring(0, settings.hashLength());
    }

    /** The day, which comes again after 1024 of them. */
    private String day() {
        int day = today();
        return "" + BASE32.charAt(day >> 5) + BASE32.charAt(day & 31);
    }

    private int today() {
        return (int) (clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds() % DAYS);
    }

    /** Days since; a time stamp that is none is older than anything. */
    private long age(String day) {
        String upper = day.toUpperCase(Locale.ROOT);
        int high = upper.length() == 2 ? BASE32.indexOf(upper.charAt(0)) : -1;
        int low = upper.length() == 2 ? BASE32.indexOf(upper.charAt(1)) : -1;
        return high < 0 || low < 0 ? Long.MAX_VALUE : Math.floorMod(today() - (high << 5 | low), DAYS);
    }

    private static boolean isScheme(String local, String scheme) {
        return local.length() > 5
                && local.regionMatches(true, 0, scheme, 0, 4)
                && SEPARATORS.indexOf(local.charAt(4)) >= 0;
    }
}
