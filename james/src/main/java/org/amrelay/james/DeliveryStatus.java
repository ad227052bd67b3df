// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import com.google.common.collect.ImmutableMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;

/** The DSN parameters (RFC 3461) of James' mail, per recipient. */
final class DeliveryStatus {
    private DeliveryStatus() {}

    static Optional<String> envelopeId(Optional<DsnParameters> parameters) {
        return parameters.flatMap(DsnParameters::getEnvIdParameter).map(DsnParameters.EnvId::asString);
    }

    static Optional<ReturnContent> returnContent(Optional<DsnParameters> parameters) {
        return parameters.flatMap(DsnParameters::getRetParameter).map(ret -> switch (ret) {
            case FULL -> ReturnContent.FULL;
            case HDRS -> ReturnContent.HEADERS;
        });
    }

    static EnvelopeRecipient recipient(MailAddress address, Optional<DsnParameters> parameters) {
        Optional<RecipientDsnParameters> own =
                parameters.map(all -> all.getRcptParameters().get(address));
        return new EnvelopeRecipient(
                Addresses.of(address),
                own.flatMap(RecipientDsnParameters::getNotifyParameter)
                        .map(DeliveryStatus::notifyOn)
                        .orElse(Set.of()),
                own.flatMap(RecipientDsnParameters::getOrcptParameter).map(DeliveryStatus::original));
    }

    /** With its type (RFC 6533 §3). */
    private static String original(MailAddress original) {
        EmailAddress address = Addresses.of(original);
        return (address.needsUtf8() ? "utf-8;" : DsnParameters.RFC_822_PREFIX) + address;
    }

    private static Set<Notify> notifyOn(EnumSet<DsnParameters.Notify> given) {
        return given.stream().map(kind -> Notify.valueOf(kind.name())).collect(Collectors.toUnmodifiableSet());
    }

    /** Gives the mail an ENVID when it has none. */
    static void identify(Mail mail, Optional<String> envelopeId) {
        Optional<DsnParameters> parameters = mail.dsnParameters();
        if (envelopeId.isEmpty()
                || !DsnParameters.XText.isValid(envelopeId.get())
                || parameters.flatMap(DsnParameters::getEnvIdParameter).isPresent()) {
            return;
        }
        DsnParameters.of(
                        Optional.of(DsnParameters.EnvId.of(envelopeId.get())),
                        parameters.flatMap(DsnParameters::getRetParameter),
                        parameters.map(DsnParameters::getRcptParameters).orElse(ImmutableMap.of()))
                .ifPresent(mail::setDsnParameters);
    }

    /** A recipient in the place of another is reported on in the same way (RFC 3461 §5.2.7.1). */
    static void inherit(Mail mail, MailAddress from, MailAddress to) {
        Optional<DsnParameters> parameters = mail.dsnParameters();
        RecipientDsnParameters inherited =
                parameters.map(all -> all.getRcptParameters().get(from)).orElse(null);
        if (inherited == null) {
            return;
        }
        Map<MailAddress, RecipientDsnParameters> all =
                new LinkedHashMap<>(parameters.get().getRcptParameters());
        all.put(to, inherited);
        mail.setDsnParameters(parameters.get().withRcptParameters(ImmutableMap.copyOf(all)));
    }
}
