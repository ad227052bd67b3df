// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import org.amrelay.mail.address.EmailAddress;

/**
 * How notices to senders look.
 *
 * @param reportingHost the relay's name, for {@code Reporting-MTA} and message ids
 * @param from the address in the From field; the envelope sender is always null
 * @param contact where people may ask
 * @param mostReturned the whole message is returned up to that size in bytes, when the sender asked for it; above it
 *     the header only
 * @param templates the languages of the part for people
 */
public record NoticeSettings(
        String reportingHost, EmailAddress from, EmailAddress contact, long mostReturned, NoticeTemplates templates) {
    /** From {@code MAILER-DAEMON@host}, contact {@code postmaster@host}, whole messages up to 1 MiB. */
    public static NoticeSettings defaults(String host) {
        return new NoticeSettings(
                host,
                new EmailAddress("MAILER-DAEMON", host),
                new EmailAddress("postmaster", host),
                1 << 20,
                NoticeTemplates.english());
    }

    public NoticeSettings withTemplates(NoticeTemplates other) {
        return new NoticeSettings(reportingHost, from, contact, mostReturned, other);
    }
}
