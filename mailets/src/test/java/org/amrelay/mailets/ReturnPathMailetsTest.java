// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.james.PathsOfRecipients;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReturnPathMailetsTest {
    private static final String ALICE = "alice@localhost";
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final ReturnPaths paths = new ReturnPaths("relay.example", List.of("secret"), () -> NOW);
    private final List<Suppression> suppressed = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<SentMail.Sent> found = Optional.empty();
    private MailImpl mail;

    private final FakeMailetConfig.Builder config =
            FakeMailetConfig.builder().mailetContext(FakeMailContext.defaultContext());

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender(ALICE)
                .addRecipient("bob@far.example")
                .state("transport")
                .build();
        mail.setMessage(MimeMessageBuilder.mimeMessageBuilder().setText("Hello").build());
    }

    @AfterEach
    void disposes() {
        org.apache.james.lifecycle.api.LifecycleUtil.dispose(mail);
    }

    private void submittedBy(String account) {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(account)));
    }

    private String senderAfterSigning() throws Exception {
        SignReturnPath mailet = new SignReturnPath(paths);
        mailet.init(config.mailetName("SignReturnPath").build());
        mailet.service(mail);
        return mail.getMaybeSender().asString();
    }

    @Test
    void tagsTheMailOfAccountsThatWantIt() throws Exception {
        submittedBy(ALICE);
        config.setProperty("accounts", ALICE);
        assertThat(senderAfterSigning()).startsWith("prvs=").endsWith("=" + ALICE);
        assertThat(mail.dsnParameters()
                        .flatMap(DsnParameters::getEnvIdParameter)
                        .map(DsnParameters.EnvId::asString))
                .contains("mail-1");
    }

    @Test
    void neverTakesAnAccountsOwnNameForTheMarkOfARecipient() {
        EmailAddress joe = EmailAddress.of("joe=v=abcdefghijkl@localhost");
        EmailAddress bob = EmailAddress.of("bob@far.example");
        assertThat(paths.original(paths.sign(joe))).isEqualTo(new OriginalSender.Sender(joe, false));
        EmailAddress forBob = paths.sign(joe, bob);
        assertThat(forBob).isNotEqualTo(paths.sign(joe, EmailAddress.of("carol@far.example")));
        assertThat(paths.original(forBob)).isEqualTo(new OriginalSender.Sender(joe, true));
        assertThat(paths.sign(forBob, bob)).as("signed again").isEqualTo(forBob);
    }

    @Test
    void leavesOtherMailAlone() throws Exception {
        assertThat(senderAfterSigning()).isEqualTo(ALICE);
        submittedBy(ALICE);
        assertThat(senderAfterSigning()).isEqualTo(ALICE);
    }

    private String senderAfterForwarding() throws Exception {
        RewriteForwardedSender mailet = new RewriteForwardedSender(paths);
        mailet.init(config.mailetName("RewriteForwardedSender").build());
        mailet.service(mail);
        return mail.getMaybeSender().asString();
    }

    @Test
    void rewritesTheSenderOfForwardedMailSoThatBouncesComeBack() throws Exception {
        mail.setSender(new MailAddress("carol@other.example"));
        String rewritten = senderAfterForwarding();
        assertThat(rewritten).startsWith("SRS0=").endsWith("=other.example=carol@relay.example");
        assertThat(paths.original(EmailAddress.of(rewritten)))
                .isEqualTo(new OriginalSender.Sender(EmailAddress.of("carol@other.example")));
    }

    @Test
    void rewritesNothingOfOurOwnAndNoNullSender() throws Exception {
        submittedBy(ALICE);
        mail.setSender(new MailAddress("carol@other.example"));
        assertThat(senderAfterForwarding()).isEqualTo("carol@other.example");
        mail.removeAttribute(Mail.SMTP_AUTH_USER);
        mail.setSender(MailAddress.nullSender());
        assertThat(senderAfterForwarding()).isEqualTo("<>");
    }

    private static final String REPORT = """
                From: MAILER-DAEMON@far.example
                Subject: Undelivered Mail
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Final-Recipient: rfc822; bob@far.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 user unknown

                --b--
                """;

    private void takeBounce(String name, String... recipients) throws Exception {
        take(REPORT, name, recipients);
    }

    private void take(String text, String name, String... recipients) throws Exception {
        mail.setName(name);
        mail.setSender(MailAddress.nullSender());
        List<MailAddress> addresses = new ArrayList<>();
        for (String recipient : recipients) {
            addresses.add(new MailAddress(recipient));
        }
        mail.setRecipients(addresses);
        byte[] report = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        mail.setMessage(new MimeMessageWrapper(
                MimeMessageInputStreamSource.create(name, new java.io.ByteArrayInputStream(report))));
        TakeBounces mailet = new TakeBounces(
                paths,
                new Ledger(),
                new SuppressionLearner(new Store(), Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofDays(30)));
        mailet.init(FakeMailetConfig.builder().mailetName("TakeBounces").build());
        mailet.service(mail);
    }

    private final class Ledger implements SentMail {
        @Override
        public Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
            boolean same = sender.toString().equals(ALICE) && recipients.contains(EmailAddress.of("bob@far.example"));
            return same ? found : Optional.empty();
        }

        @Override
        public Optional<Sent> find(EmailAddress path) {
            return path.equals(paths.sign(EmailAddress.of(ALICE), EmailAddress.of("bob@far.example")))
                    ? found
                    : Optional.empty();
        }

        @Override
        public void note(String name, String kind, String text) {
            notes.add(name + " " + kind + " " + text);
        }
    }

    private final class Store implements SuppressionStore {
        @Override
        public Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Integer> put(List<Suppression> entries) {
            suppressed.addAll(entries);
            return CompletableFuture.completedFuture(entries.size());
        }

        @Override
        public CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<Integer> countHardBounce(
                String account, EmailAddress address, Instant at, Instant since) {
            return CompletableFuture.completedFuture(1);
        }

        @Override
        public List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now) {
            return List.of();
        }
    }

    @Test
    void aBounceOfOurMailIsNotedLearnedAndSentOn() throws Exception {
        found = Optional.of(new SentMail.Sent("mail-0", Optional.of(ALICE), EmailAddress.of("bob@far.example")));
        takeBounce("Mail-7", paths.sign(EmailAddress.of(ALICE)).toString());
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly(ALICE);
        assertThat(notes).singleElement().asString().startsWith("mail-0 bounce bob@far.example: address-unknown 5.1.1");
        assertThat(suppressed).singleElement().satisfies(entry -> {
            assertThat(entry.account()).contains(ALICE);
            assertThat(entry.address()).isEqualTo(EmailAddress.of("bob@far.example"));
        });
    }

    @Test
    void aBounceOfMailThatWasNeverSentTeachesNothing() throws Exception {
        takeBounce("Mail-7", paths.sign(EmailAddress.of(ALICE)).toString());
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly(ALICE);
        assertThat(notes).isEmpty();
        assertThat(suppressed).isEmpty();
    }

    @Test
    void ourOwnNoticesTeachNothingTwice() throws Exception {
        found = Optional.of(new SentMail.Sent("mail-0", Optional.of(ALICE), EmailAddress.of("bob@far.example")));
        takeBounce("notice-1", paths.sign(EmailAddress.of(ALICE)).toString());
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly(ALICE);
        assertThat(suppressed).isEmpty();
    }

    @Test
    void aBounceOfForwardedMailGoesBackToItsSender() throws Exception {
        takeBounce(
                "Mail-7", paths.forward(EmailAddress.of("carol@other.example")).toString());
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly("carol@other.example");
    }

    private String pathTo(String recipient) {
        return paths.sign(EmailAddress.of(ALICE), EmailAddress.of(recipient)).toString();
    }

    @Test
    void givesEachRecipientAPathWhenAskedTo() throws Exception {
        submittedBy(ALICE);
        mail.setRecipients(List.of(new MailAddress("bob@far.example"), new MailAddress("carol@near.example")));
        config.setProperty("accounts", ALICE);
        config.setProperty("perRecipient", "*");
        assertThat(senderAfterSigning())
                .isEqualTo(paths.sign(EmailAddress.of(ALICE)).toString());
        assertThat(PathsOfRecipients.of(mail, EmailAddress.of("bob@far.example")))
                .contains(EmailAddress.of(pathTo("bob@far.example")));
        assertThat(PathsOfRecipients.of(mail, EmailAddress.of("carol@near.example")))
                .contains(EmailAddress.of(pathTo("carol@near.example")));
        assertThat(pathTo("bob@far.example")).isNotEqualTo(pathTo("carol@near.example"));
        assertThat(PathsOfRecipients.of(mail, EmailAddress.of("dave@near.example")))
                .isEmpty();
    }

    @Test
    void sharesThePathWhereItWouldBecomeTooLong() throws Exception {
        String longName = "a".repeat(40) + "@localhost";
        submittedBy(longName);
        mail.setSender(new MailAddress(longName));
        config.setProperty("accounts", "*");
        config.setProperty("perRecipient", "*");
        assertThat(senderAfterSigning()).startsWith("prvs=");
        assertThat(PathsOfRecipients.of(mail, EmailAddress.of("bob@far.example")))
                .isEmpty();
    }

    @Test
    void keepsItWhenOnlyTheTagIsWanted() throws Exception {
        submittedBy(ALICE);
        config.setProperty("accounts", ALICE);
        assertThat(senderAfterSigning()).startsWith("prvs=");
        assertThat(PathsOfRecipients.of(mail, EmailAddress.of("bob@far.example")))
                .isEmpty();
    }

    @Test
    void thePathNamesTheRecipientWhereTheNoticeDoesNot() throws Exception {
        found = Optional.of(new SentMail.Sent("mail-0", Optional.of(ALICE), EmailAddress.of("bob@far.example")));
        take(
                "From: MAILER-DAEMON@far.example\nSubject: Undeliverable mail\n\nNo such user here.\n",
                "Mail-7",
                pathTo("bob@far.example"));
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly(ALICE);
        assertThat(notes).singleElement().asString().startsWith("mail-0 bounce bob@far.example: address-unknown");
        assertThat(suppressed)
                .singleElement()
                .satisfies(entry -> assertThat(entry.address()).isEqualTo(EmailAddress.of("bob@far.example")));
    }

    @Test
    void nobodyForgesABounceAboutAnother() throws Exception {
        found = Optional.of(new SentMail.Sent("mail-0", Optional.of(ALICE), EmailAddress.of("bob@far.example")));
        take(REPORT.replace("bob@far.example", "victim@near.example"), "Mail-7", pathTo("bob@far.example"));
        assertThat(notes).singleElement().asString().startsWith("mail-0 bounce bob@far.example:");
        // He may have forwarded the mail: it is no definite answer about him, and none at all about the victim
        assertThat(suppressed).isEmpty();
        takeBounce("Mail-8", pathTo("mallory@far.example"));
        assertThat(notes).hasSize(1);
        assertThat(suppressed).isEmpty();
    }

    @Test
    void aComplaintToAPathConcernsItsRecipient() throws Exception {
        found = Optional.of(new SentMail.Sent("mail-0", Optional.of(ALICE), EmailAddress.of("bob@far.example")));
        take("""
                From: fbl@far.example
                Subject: complaint
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: x/1
                Original-Rcpt-To: victim@near.example

                --b--
                """, "Mail-7", pathTo("bob@far.example"));
        assertThat(notes).containsExactly("mail-0 complaint bob@far.example: abuse (Mail-7)");
        assertThat(suppressed)
                .singleElement()
                .satisfies(entry -> assertThat(entry.address()).isEqualTo(EmailAddress.of("bob@far.example")));
    }
}
