// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.DnsSettings.Dnssec;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * One recursive server, and whether its answers are authentic.
 *
 * <p>Only types on which the delivery's security rests are validated. Whether the server hands out signatures is asked
 * once and, when it does not, again from time to time. Safe for several threads.
 */
final class NameServer {
    private static final int EDNS_PAYLOAD = 1232;
    private static final Set<Integer> VALIDATED = Set.of(Type.MX, Type.A, Type.AAAA, Type.CNAME, Type.TLSA);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(30);

    /**
     * @param message with SERVFAIL when validation failed
     * @param remark why validation failed, or empty text
     */
    record Response(Message message, boolean authentic, String remark) {}

    private record Finding(boolean signs, Instant at) {}

    private final InetSocketAddress address;
    private final InstantSource clock;
    private final Dnssec dnssec;
    private final boolean believed;
    private final SimpleResolver plain;
    private final Resolver validating;
    private final List<Name> unsigned;
    private volatile Optional<CompletableFuture<Finding>> finding = Optional.empty();

    NameServer(InetSocketAddress address, DnsSettings settings, InstantSource clock) {
        this.address = address;
        this.clock = clock;
        this.dnssec = settings.dnssec();
        // The bit is not protected on its way: it means something on this machine only
        this.believed = dnssec == Dnssec.TRUST
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
        this.unsigned = settings.unsignedZones().stream().map(NameServer::zone).toList();
        this.plain = resolver(settings, believed);
        this.validating = dnssec == Dnssec.VALIDATE || dnssec == Dnssec.AUTOMATIC
                ? validating(resolver(settings, true), settings, clock)
                : plain;
    }

    private static Name zone(String text) {
        try {
            return Name.fromString(text.strip().toLowerCase(Locale.ROOT), Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no name of a zone", e);
        }
    }

    private SimpleResolver resolver(DnsSettings settings, boolean withSignatures) {
        SimpleResolver resolver = new SimpleResolver(address);
        resolver.setTimeout(settings.timeOut());
        resolver.setEDNS(0, EDNS_PAYLOAD, withSignatures ? ExtendedFlags.DO : 0, List.of());
        return resolver;
    }

    private static Resolver validating(SimpleResolver head, DnsSettings settings, InstantSource clock) {
        ValidatingResolver resolver = new ValidatingResolver(head, clock.withZone(ZoneOffset.UTC));
        resolver.setEDNS(0, EDNS_PAYLOAD, ExtendedFlags.DO, List.of());
        try {
            resolver.loadTrustAnchors(
                    new ByteArrayInputStream(settings.trustAnchors().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the trust anchors are no DS or DNSKEY records: " + e.getMessage(), e);
        }
        if (resolver.getTrustAnchors().items().isEmpty()) {
            throw new IllegalArgumentException("there is no DS or DNSKEY record among the trust anchors");
        }
        return resolver;
    }

    CompletionStage<Response> ask(Message query) {
        Record question = query.getQuestion();
        boolean relevant = VALIDATED.contains(question.getType())
                && unsigned.stream().noneMatch(zone -> question.getName().subdomain(zone));
        return switch (dnssec) {
            case OFF, TRUST -> plainly(query);
            case VALIDATE -> relevant ? validated(query) : plainly(query);
            case AUTOMATIC ->
                relevant
                        ? signs().thenCompose(found -> found.signs() ? validated(query) : plainly(query))
                        : plainly(query);
        };
    }

    private CompletionStage<Response> plainly(Message query) {
        return plain.sendAsync(query)
                .thenApply(message ->
                        new Response(message, believed && message.getHeader().getFlag(Flags.AD), ""));
    }

    private CompletionStage<Response> validated(Message query) {
        return validating
                .sendAsync(query)
                .thenApply(message -> new Response(message, message.getHeader().getFlag(Flags.AD), remark(message)));
    }

    private static String remark(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS
                        && record instanceof TXTRecord)
                .map(record -> " (DNSSEC: " + String.join("", ((TXTRecord) record).getStrings()) + ")")
                .findFirst()
                .orElse("");
    }

    private synchronized CompletableFuture<Finding> signs() {
        Optional<CompletableFuture<Finding>> known = finding.filter(this::holds);
        if (known.isPresent()) {
            return known.get();
        }
        CompletableFuture<Finding> asked = plainWithSignatures()
                .handle((signed, error) -> new Finding(error == null && signed, clock.instant()))
                .toCompletableFuture();
        finding = Optional.of(asked);
        return asked;
    }

    private boolean holds(CompletableFuture<Finding> known) {
        if (!known.isDone()) {
            return true;
        }
        Finding found = known.join();
        // Once signatures have been seen their absence is suspicious, and for validation to judge
        return found.signs() || clock.instant().isBefore(found.at().plus(ASK_AGAIN));
    }

    private CompletionStage<Boolean> plainWithSignatures() {
        SimpleResolver asker = new SimpleResolver(address);
        asker.setTimeout(plain.getTimeout());
        asker.setEDNS(0, EDNS_PAYLOAD, ExtendedFlags.DO, List.of());
        return asker.sendAsync(Message.newQuery(Record.newRecord(Name.root, Type.DNSKEY, DClass.IN)))
                .thenApply(message ->
                        message.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == Type.RRSIG));
    }

    @Override
    public String toString() {
        return plain.toString();
    }
}
