// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcRecord;
import org.amrelay.authentication.dmarc.DmarcRecord.FailureOption;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;

/**
 * A message that its author's domain wants to hear of (RFC 9989 §4.7, {@code ruf=} and {@code fo=}).
 *
 * <p>Immutable.
 *
 * @param domain the policy domain
 * @param destinations {@code ruf=}, spaces between
 * @param failure the word for {@code Auth-Failure} (RFC 6591 §3.1, RFC 9991 §4)
 * @param unaligned methods that failed to authenticate an aligned identity: dkim, spf
 * @param signature an aligned signature that failed, else any that failed
 * @param sender of the envelope
 * @param results as in {@code Authentication-Results}
 * @param refused whether the message was refused
 * @param header as it came, at most {@value #MOST_OCTETS} octets of it
 */
public record FailedMessage(
        String domain,
        String author,
        String destinations,
        String failure,
        List<String> unaligned,
        Optional<DkimResult> signature,
        Optional<SpfResult> spf,
        String sender,
        InetAddress client,
        String results,
        boolean refused,
        List<HeaderField> header,
        Instant arrival) {
    static final int MOST_OCTETS = 32 << 10;

    public FailedMessage {
        unaligned = List.copyOf(unaligned);
        header = List.copyOf(header);
    }

    /**
     * What happened with the message besides.
     *
     * @param sender of the envelope, empty for the null sender
     * @param results as in {@code Authentication-Results}
     * @param refused whether it was refused
     */
    public record Reception(String sender, String results, boolean refused, Instant at) {}

    /** Whether the domain wants to hear of such a message; without a look at its header. */
    public static boolean isWanted(MessageVerdict verdict, String sender) {
        return failure(verdict).isPresent() && !sender.isEmpty();
    }

    /**
     * Takes from a verdict what is to be reported.
     *
     * @return empty when the domain does not want to know, or when the message is itself a report, a notice or an automatic
     *     answer: telling about those would go round in circles
     */
    public static Optional<FailedMessage> of(MessageVerdict verdict, HeaderSection header, Reception reception) {
        if (!isWanted(verdict, reception.sender()) || isAutomatic(header)) {
            return Optional.empty();
        }
        return verdict.dmarc()
                .found()
                .flatMap(found -> failure(verdict)
                        .map(failure -> new FailedMessage(
                                found.domain(),
                                verdict.dmarc().authorDomain(),
                                found.record().failureReports().stream()
                                        .map(URI::toString)
                                        .collect(Collectors.joining(" ")),
                                failure,
                                unaligned(verdict, found),
                                signature(verdict, found),
                                Optional.of(verdict.spf()).filter(FailedMessage::hasFailed),
                                reception.sender(),
                                verdict.iprev().client(),
                                reception.results(),
                                reception.refused(),
                                beginning(header.fields()),
                                reception.at())));
    }

    /** The word for the failure that was asked for; none for a public suffix (RFC 9991 §2). */
    private static Optional<String> failure(MessageVerdict verdict) {
        Optional<DmarcResult.Published> found = verdict.dmarc()
                .found()
                .filter(published -> !published.record().failureReports().isEmpty())
                .filter(published -> published.record().suffix() != DmarcRecord.Suffix.YES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Set<FailureOption> wanted = found.get().record().failureOptions();
        boolean failed = verdict.dmarc().failure().isPresent();
        boolean some = !unaligned(verdict, found.get()).isEmpty();
        if (failed && wanted.contains(FailureOption.ALL_FAIL) || some && wanted.contains(FailureOption.ANY_FAILS)) {
            return Optional.of("dmarc");
        } else if (wanted.contains(FailureOption.DKIM_FAILS)
                && verdict.dkim().stream().anyMatch(FailedMessage::hasFailed)) {
            return Optional.of("signature");
        }
        return wanted.contains(FailureOption.SPF_FAILS) && hasFailed(verdict.spf())
                ? Optional.of("spf")
                : Optional.empty();
    }

    private static boolean hasFailed(DkimResult result) {
        return switch (result.status()) {
            case FAIL, POLICY, PERMERROR -> true;
            case PASS, NEUTRAL, TEMPERROR -> false;
        };
    }

    private static boolean hasFailed(SpfResult result) {
        return switch (result.status()) {
            case FAIL, SOFTFAIL, PERMERROR -> true;
            case PASS, NONE, NEUTRAL, TEMPERROR -> false;
        };
    }

    /** What the DNS did not say is no failure. */
    private static List<String> unaligned(MessageVerdict verdict, DmarcResult.Published found) {
        List<String> methods = new ArrayList<>();
        boolean dkim = verdict.dkim().stream()
                .anyMatch(result -> result.status() == DkimResult.Status.TEMPERROR
                        || result.isPass() && isAligned(result.domain(), verdict, found, true));
        if (!dkim) {
            methods.add("dkim");
        }
        boolean spf = verdict.spf().status() == SpfResult.Status.TEMPERROR
                || verdict.spf().isPass() && isAligned(verdict.spf().domain(), verdict, found, false);
        if (!spf) {
            methods.add("spf");
        }
        return methods;
    }

    private static boolean isAligned(String domain, MessageVerdict verdict, DmarcResult.Published found, boolean dkim) {
        boolean strict = dkim ? found.record().strictDkim() : found.record().strictSpf();
        return strict
                ? domain.equals(verdict.dmarc().authorDomain())
                : DomainNames.isWithin(domain, found.organizationalDomain());
    }

    private static Optional<DkimResult> signature(MessageVerdict verdict, DmarcResult.Published found) {
        List<DkimResult> failed = verdict.dkim().stream()
                .filter(FailedMessage::hasFailed)
                .filter(result -> !result.domain().isEmpty())
                .toList();
        return failed.stream()
                .filter(result -> isAligned(result.domain(), verdict, found, true))
                .findFirst()
                .or(() -> failed.stream().findFirst());
    }

    private static boolean isAutomatic(HeaderSection header) {
        boolean report = header.named("Content-Type").stream()
                .anyMatch(field -> field.body().strip().toLowerCase(Locale.ROOT).startsWith("multipart/report"));
        return report
                || header.named("Auto-Submitted").stream()
                        .anyMatch(field -> !field.body().strip().equalsIgnoreCase("no"));
    }

    private static List<HeaderField> beginning(List<HeaderField> fields) {
        List<HeaderField> first = new ArrayList<>();
        int octets = 0;
        for (HeaderField field : fields) {
            octets += field.raw().length() + 2;
            if (octets > MOST_OCTETS) {
                break;
            }
            first.add(field);
        }
        return first;
    }

    /** The domain whose SPF record is to be shown; present when SPF of the envelope sender or greeting failed. */
    public Optional<String> spfDomain() {
        return spf.map(SpfResult::domain).filter(name -> !name.isEmpty());
    }

    /** {@code mfrom} or {@code helo}. */
    String spfScope() {
        return spf.map(result -> result.query().identity() == SpfQuery.Identity.HELO ? "helo" : "mfrom")
                .orElse("mfrom");
    }

    /** Failures with the same text went wrong in the same way, and one report tells of all. */
    String path() {
        String names = signature
                .map(result -> result.domain() + '/' + result.selector())
                .orElse("");
        int at = sender.lastIndexOf('@');
        return String.join(
                " ",
                domain,
                author,
                failure,
                String.join(",", unaligned),
                names,
                client.getHostAddress(),
                sender.substring(at + 1).toLowerCase(Locale.ROOT));
    }
}
