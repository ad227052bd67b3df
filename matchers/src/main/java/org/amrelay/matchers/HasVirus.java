// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Set;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.VirusVerdict;
import org.amrelay.james.VirusVerdict.Kind;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail in which a scanner has found malware, or about which it said something else that is asked for.
 *
 * <p>Mail that was not scanned does not match. Asks no scanner itself: the hook ScanForViruses or the mailet VirusScan has.
 */
public final class HasVirus extends RelayMatcher<HasVirus.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "what the scanner said: infected, unscannable, skipped or clean; several with commas",
                    defaultsTo = "infected")
            Set<Kind> verdicts) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                VirusVerdict.of(mail)
                        .filter(verdict -> settings.verdicts().contains(verdict.kind()))
                        .isPresent());
    }
}
