// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.util.List;
import java.util.Optional;

/**
 * One value of {@code conf/relay.yaml}: its place in the file, the environment variable that wins over it, its default.
 *
 * @param path the place in the file, dots between the levels
 * @param variable the environment variable, and the name that {@code ${NAME:default}} in the XML files uses
 * @param defaultsTo what holds when neither says anything
 * @param kind how the value is checked
 * @param description one sentence for people
 */
public record Setting(String path, String variable, String defaultsTo, Kind kind, String description) {

    /** What a value must look like. */
    public enum Kind {
        TEXT,
        HOST,
        ADDRESS,
        PORT,
        COUNT,
        SIZE,
        FILE,
        DOUBT_POLICY,
        DAYS,
        SWITCH,
        FAILURE_DETAIL,
        REDIS
    }

    /** All settings, in the order of the shipped file. */
    public static final List<Setting> ALL = List.of(
            new Setting(
                    "hostname",
                    "AMR_HOSTNAME",
                    "",
                    Kind.HOST,
                    "the name this relay greets and bounces with; empty: the name of the machine"),
            new Setting("listen.mail", "AMR_LISTEN_MAIL", "0.0.0.0", Kind.ADDRESS, "the address of the mail ports"),
            new Setting(
                    "listen.admin",
                    "AMR_LISTEN_ADMIN",
                    "127.0.0.1",
                    Kind.ADDRESS,
                    "the address of the admin API and the console"),
            new Setting(
                    "ports.receive",
                    "AMR_PORT_RECEIVE",
                    "2525",
                    Kind.PORT,
                    "mail from other servers; 0: any free port"),
            new Setting(
                    "ports.submission",
                    "AMR_PORT_SUBMISSION",
                    "2587",
                    Kind.PORT,
                    "mail from users, STARTTLS before AUTH; 0: any free port"),
            new Setting(
                    "ports.submissions",
                    "AMR_PORT_SUBMISSIONS",
                    "2465",
                    Kind.PORT,
                    "mail from users, TLS from the first byte; 0: any free port"),
            new Setting("ports.admin", "AMR_PORT_ADMIN", "8025", Kind.PORT, "admin API and console; 0: any free port"),
            new Setting(
                    "tls.certificate",
                    "AMR_TLS_CERTIFICATE",
                    "conf/tls/certificate.pem",
                    Kind.FILE,
                    "certificate chain, PEM"),
            new Setting("tls.key", "AMR_TLS_KEY", "conf/tls/key.pem", Kind.FILE, "private key, PEM (PKCS #8)"),
            new Setting(
                    "limits.message-size",
                    "AMR_LIMIT_MESSAGE_SIZE",
                    "50M",
                    Kind.SIZE,
                    "largest message, announced with SIZE"),
            new Setting(
                    "limits.recipients", "AMR_LIMIT_RECIPIENTS", "1000", Kind.COUNT, "most recipients of one message"),
            new Setting(
                    "limits.connections", "AMR_LIMIT_CONNECTIONS", "1000", Kind.COUNT, "most connections at a port"),
            new Setting(
                    "limits.connections-per-address",
                    "AMR_LIMIT_CONNECTIONS_PER_ADDRESS",
                    "50",
                    Kind.COUNT,
                    "most connections from one address at a port"),
            new Setting(
                    "limits.idle-seconds",
                    "AMR_LIMIT_IDLE_SECONDS",
                    "300",
                    Kind.COUNT,
                    "a silent client is disconnected after this many seconds"),
            new Setting(
                    "limits.shared",
                    "AMR_LIMIT_SHARED",
                    "",
                    Kind.REDIS,
                    "the Redis where several relays count together what accounts send; empty: each counts by itself"),
            new Setting(
                    "limits.shared-password-file",
                    "AMR_LIMIT_SHARED_PASSWORD_FILE",
                    "",
                    Kind.FILE,
                    "a file whose first line is the password there"),
            new Setting(
                    "relay-domains",
                    "AMR_RELAY_DOMAINS",
                    "",
                    Kind.TEXT,
                    "further domains to take mail for, besides those of amr domain; commas between, *.domain for below"),
            new Setting(
                    "delivery.expiry",
                    "AMR_DELIVERY_EXPIRY",
                    "5d",
                    Kind.TEXT,
                    "how long to retry before the sender gets the mail back"),
            new Setting(
                    "delivery.in-doubt",
                    "AMR_DELIVERY_IN_DOUBT",
                    "retry",
                    Kind.DOUBT_POLICY,
                    "when the answer to a whole message was lost: retry it, perhaps twice there, or hold it for an operator"),
            new Setting(
                    "dns.servers",
                    "AMR_DNS_SERVERS",
                    "",
                    Kind.TEXT,
                    "recursive name servers, address or address:port, commas between; empty: those of the system"),
            new Setting(
                    "dns.dnssec",
                    "AMR_DNS_DNSSEC",
                    "automatic",
                    Kind.TEXT,
                    "automatic or validate: signatures are checked here; trust: a server on this machine does; off"),
            new Setting(
                    "dns.trust-anchors",
                    "AMR_DNS_TRUST_ANCHORS",
                    "",
                    Kind.FILE,
                    "DS or DNSKEY records to begin with; empty: the keys of the root"),
            new Setting(
                    "dns.unsigned",
                    "AMR_DNS_UNSIGNED",
                    "internal, local, localhost, lan, home, corp, intranet, private, home.arpa, test",
                    Kind.TEXT,
                    "private zones that the public DNS does not know, which are not validated; commas between"),
            new Setting(
                    "notices.language",
                    "AMR_NOTICE_LANGUAGE",
                    "en",
                    Kind.TEXT,
                    "language of notices about mail that names none; a file of conf/notices"),
            new Setting(
                    "suppression.days",
                    "AMR_SUPPRESSION_DAYS",
                    "180",
                    Kind.COUNT,
                    "for how many days a bounce keeps an address on the suppression list"),
            new Setting(
                    "bounces.signed-accounts",
                    "AMR_SIGNED_ACCOUNTS",
                    "",
                    Kind.TEXT,
                    "accounts whose return paths are tagged, so that forged bounces are refused; commas between"),
            new Setting(
                    "bounces.paths-per-recipient",
                    "AMR_PATHS_PER_RECIPIENT",
                    "",
                    Kind.TEXT,
                    "those of the signed accounts whose recipients get a return path each; commas between"),
            new Setting(
                    "bounces.complaint-addresses",
                    "AMR_COMPLAINT_ADDRESSES",
                    "",
                    Kind.TEXT,
                    "addresses of ours to which providers send complaints (ARF); commas between"),
            new Setting(
                    "dkim.rotate",
                    "AMR_DKIM_ROTATE",
                    "off",
                    Kind.DAYS,
                    "after how many days a DKIM key gets a successor, like 365d; off: amr dkim rotate does it"),
            new Setting(
                    "dmarc.send-reports",
                    "AMR_DMARC_SEND_REPORTS",
                    "off",
                    Kind.SWITCH,
                    "whether domains that ask for it get DMARC aggregate reports about mail in their name"),
            new Setting(
                    "dmarc.failure-reports",
                    "AMR_DMARC_FAILURE_REPORTS",
                    "off",
                    Kind.FAILURE_DETAIL,
                    "what domains that ask for it are told of single messages that fail DMARC: off, redacted or full"),
            new Setting(
                    "dmarc.receive-reports",
                    "AMR_DMARC_RECEIVE_REPORTS",
                    "dmarc-reports@localhost",
                    Kind.TEXT,
                    "the address in rua= and ruf= of your own DMARC records; reports to it are kept for amr dmarc"),
            new Setting(
                    "tls.receive-reports",
                    "AMR_TLS_RECEIVE_REPORTS",
                    "tls-reports@localhost",
                    Kind.TEXT,
                    "the address in rua= of your own TLS-RPT records; reports to it are kept for amr tls reports"),
            new Setting(
                    "quarantine.retention",
                    "AMR_QUARANTINE_RETENTION",
                    "30d",
                    Kind.TEXT,
                    "how long mail is kept in quarantine before it is thrown away"),
            new Setting(
                    "quarantine.total-size",
                    "AMR_QUARANTINE_TOTAL_SIZE",
                    "5G",
                    Kind.SIZE,
                    "how much mail is kept in quarantine; the oldest goes first"),
            new Setting(
                    "quarantine.recipient-size",
                    "AMR_QUARANTINE_RECIPIENT_SIZE",
                    "500M",
                    Kind.SIZE,
                    "how much mail is kept in quarantine for one recipient; the oldest goes first"),
            new Setting(
                    "quarantine.public-url",
                    "AMR_QUARANTINE_PUBLIC_URL",
                    "",
                    Kind.TEXT,
                    "where recipients reach /quarantine/ of the admin port, through a proxy; empty: no digests are sent"),
            new Setting(
                    "quarantine.digest-times",
                    "AMR_QUARANTINE_DIGEST_TIMES",
                    "07:00",
                    Kind.TEXT,
                    "when recipients are told what is new in quarantine; commas between, in the machine's time zone"),
            new Setting(
                    "secrets.key-file",
                    "AMR_SECRET_KEY_FILE",
                    "conf/secrets/relay.key",
                    Kind.FILE,
                    "the key that stored secrets are encrypted with: 32 octets in base64; AMR_SECRET_KEY wins"),
            new Setting(
                    "processing.threads",
                    "AMR_PROCESSING_THREADS",
                    "8",
                    Kind.COUNT,
                    "messages that are processed at the same time"));

    /** The first setting at this place in the file. */
    public static Optional<Setting> at(String path) {
        return ALL.stream().filter(setting -> setting.path.equals(path)).findFirst();
    }

    /** Says what is wrong with a value, or nothing. */
    public Optional<String> objectionTo(String value) {
        return switch (kind) {
            case PORT -> range(value, 0, 65_535, "a port is a number from 0 to 65535");
            case COUNT -> range(value, 1, 1_000_000, "this is a number from 1 to 1000000");
            case SIZE ->
                value.matches("[1-9][0-9]{0,9}[KMG]?")
                        ? Optional.empty()
                        : Optional.of("a size is a number with K, M or G, like 50M");
            case DAYS ->
                value.matches("off|[1-9][0-9]{0,3}d")
                        ? Optional.empty()
                        : Optional.of("this is a number of days like 365d, or off");
            case FAILURE_DETAIL ->
                value.matches("off|redacted|full") ? Optional.empty() : Optional.of("this is off, redacted or full");
            case SWITCH -> value.matches("on|off") ? Optional.empty() : Optional.of("this is on or off");
            case HOST ->
                value.matches("[A-Za-z0-9.-]{0,253}")
                        ? Optional.empty()
                        : Optional.of("a host name has letters, digits, dots and hyphens");
            case ADDRESS ->
                value.matches("[A-Za-z0-9.:\\[\\]-]{1,253}")
                        ? Optional.empty()
                        : Optional.of("an address is like 0.0.0.0, 127.0.0.1 or ::1");
            case DOUBT_POLICY ->
                value.matches("(?i)retry|hold") ? Optional.empty() : Optional.of("this is retry or hold");
            case REDIS ->
                value.matches("|rediss?://[^\\s\\p{Cntrl}]{1,500}")
                        ? Optional.empty()
                        : Optional.of("this is like redis://redis.internal:6379/0, or rediss:// for TLS");
            case TEXT, FILE -> value.indexOf('\0') >= 0 ? Optional.of("a zero byte is not allowed") : Optional.empty();
        };
    }

    private static Optional<String> range(String value, int least, int most, String rule) {
        if (!value.matches("[0-9]{1,9}")) {
            return Optional.of(rule);
        }
        int number = Integer.parseInt(value);
        return number < least || number > most ? Optional.of(rule) : Optional.empty();
    }
}
