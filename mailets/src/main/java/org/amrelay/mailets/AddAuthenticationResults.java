// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.james.Action;
import org.amrelay.james.MailHeader;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Writes what was found out about the origin of a mail into its header, and takes out fields that pretend to be ours
 * (RFC 8601 §4, §5).
 *
 * <p>Needs the verdicts of the hook Authenticate; mail without them only loses forged fields. The body is not copied.
 */
public final class AddAuthenticationResults extends RelayMailet<AddAuthenticationResults.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "the name under which this relay and its neighbours write such fields",
                    example = "mail.example.org")
            String authservId,

            @Parameter(
                    description = "further names in incoming fields that nobody outside may use",
                    defaultsTo = "",
                    example = "mx2.example.org")
            Set<String> alsoOurs) {}

    private final Set<String> ours = new LinkedHashSet<>();

    @Override
    protected void start(Settings settings) {
        ours.addAll(settings.alsoOurs());
        ours.add(settings.authservId());
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException {
        HeaderSection header = MailHeader.whole(mail);
        List<HeaderField> forged = AuthenticationResultsField.forged(header, ours);
        Optional<AuthenticationResults> verdicts = Verdicts.of(mail);
        if (forged.isEmpty() && verdicts.isEmpty()) {
            return new Action.Continue("nothing to add, nothing forged");
        }
        List<HeaderField> fields = new ArrayList<>(header.fields());
        fields.removeIf(field -> forged.stream().anyMatch(other -> other == field));
        verdicts.map(found -> new AuthenticationResults(settings.authservId(), found.results()))
                .map(AuthenticationResultsField::write)
                .ifPresent(field -> fields.add(0, field));
        return new Action.Rehead(fields, verdicts.isPresent() ? "adds the results" : "takes out forged results");
    }
}
