// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.content.ContentBook;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.content.ContentRuleFile;
import org.amrelay.filtering.content.DirectParts;
import org.amrelay.filtering.content.NothingSensitive;
import org.amrelay.filtering.content.RuleMode;
import org.amrelay.james.ContentVerdict;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.SpamVerdict;
import org.apache.james.core.MailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentRulesTest {
    private final FakeMailContext context = FakeMailContext.builder()
            .postmaster(address("postmaster@ours.example"))
            .build();
    private MailImpl mail;

    private static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (MessagingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender("ann@ours.example")
                .addRecipient("bob@far.example")
                .state("root")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .setSubject("secret plan")
                        .setText("text"))
                .build();
    }

    @AfterEach
    void theMailIsGone() {
        LifecycleUtil.dispose(mail);
    }

    private void byAccount() {
        mail.setAttribute(new Attribute(
                AttributeName.of(Mail.SMTP_AUTH_USER_ATTRIBUTE_NAME), AttributeValue.of("ann@ours.example")));
    }

    private void serve(AttachmentInspector inspector, String rule) throws MessagingException {
        ContentBook book = ContentBook.of(ContentRuleFile.read("rules:\n  - " + rule, Map.of()), Set.of());
        ContentRules mailet = new ContentRules(
                new ContentFilter(book, inspector, new NothingSensitive()),
                Clock.systemUTC(),
                NoticeTemplates.english());
        mailet.init(FakeMailetConfig.builder()
                .mailetName("ContentRules")
                .mailetContext(context)
                .build());
        mailet.service(mail);
    }

    private void serve(String rule) throws MessagingException {
        serve(new DirectParts(), rule);
    }

    @Test
    void keepsWhatARuleQuarantinesOrHoldsAndSaysWhy() throws Exception {
        serve("{name: one, when: {text: {words: [secret plan]}}, then: {quarantine: true}}");
        assertThat(mail.getState()).isEqualTo("quarantine");
        assertThat(ContentVerdict.of(mail))
                .contains(new ContentVerdict(
                        List.of(new ContentHit("one", RuleMode.ENFORCE, "subject", 0, "sxxxxx xxxn"))));
        mail.setState("root");
        serve("{name: one, then: {hold: true}}");
        assertThat(mail.getState()).isEqualTo("held");
    }

    @Test
    void tellsAnAccountThatItsMailIsRefusedAndNeverAStranger() throws Exception {
        serve("{name: one, then: {reject: Not like this}}");
        assertThat(mail.getState()).isEqualTo("quarantine");
        assertThat(context.getSentMails()).isEmpty();
        mail.setState("root");
        byAccount();
        serve("{name: one, then: {reject: Not like this}}");
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails()).hasSize(1);
        assertThat(context.getSentMails().get(0).getRecipients()).containsExactly(address("ann@ours.example"));
    }

    @Test
    void changesHeaderRecipientsPointsAndTls() throws Exception {
        new SpamVerdict(1, 5, List.of("A")).attach(mail);
        serve("{name: one, then: {subject-tag: \"[X]\", remove-header: [Date], redirect: [eve@ours.example],"
                + " copy: [log@ours.example], score: 2.5, require-tls: true}}");
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(mail.getMessage().getSubject()).isEqualTo("[X] secret plan");
        assertThat(mail.getRecipients()).containsExactly(address("eve@ours.example"), address("log@ours.example"));
        assertThat(SpamVerdict.of(mail)).contains(new SpamVerdict(3.5, 5, List.of("A", "one")));
        assertThat(MailEnvelope.of(mail).requireTls()).isTrue();
    }

    @Test
    void auditChangesNothing() throws Exception {
        serve("{name: one, mode: audit, then: {quarantine: true, subject-tag: X}}");
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(mail.getMessage().getSubject()).isEqualTo("secret plan");
        assertThat(ContentVerdict.of(mail))
                .hasValueSatisfying(verdict ->
                        assertThat(verdict.hits()).extracting(ContentHit::mode).containsExactly(RuleMode.AUDIT));
    }

    @Test
    void aStockJamesGetsRecipientsForWhomRulesDifferAsMailsApart() throws Exception {
        mail.setRecipients(List.of(address("bob@far.example"), address("cora@far.example")));
        serve("{name: one, when: {recipient: [bob@far.example]}, then: {quarantine: true}}");
        assertThat(mail.getState()).isEqualTo("quarantine");
        assertThat(mail.getRecipients()).containsExactly(address("bob@far.example"));
        assertThat(context.getSentMails()).hasSize(1);
        assertThat(context.getSentMails().get(0).getRecipients()).containsExactly(address("cora@far.example"));
        assertThat(context.getSentMails().get(0).getState()).isEqualTo("root");
    }

    @Test
    void mailIsTriedLaterWhenSomethingFails() throws Exception {
        serve(
                view -> {
                    throw new IllegalStateException("the inspector failed");
                },
                "{name: one, when: {attachment: {trait: [executable]}}, then: {quarantine: true}}");
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails()).hasSize(1);
        assertThat(context.getSentMails().get(0).getRecipients()).containsExactly(address("bob@far.example"));
        assertThat(context.getSentMails().get(0).getDelay()).isPresent();
    }

    @Test
    void noticesOfTheRelayItselfAreNotLookedAt() throws Exception {
        mail.setAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE);
        serve("{name: one, then: {quarantine: true}}");
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(ContentVerdict.of(mail)).isEmpty();
    }

    @Test
    void refusesAMisspeltParameter() {
        ContentRules mailet = new ContentRules(ContentFilter.none(), Clock.systemUTC(), NoticeTemplates.english());
        assertThatThrownBy(() -> mailet.init(FakeMailetConfig.builder()
                        .setProperty("quarantinTo", "x")
                        .build()))
                .hasMessageContaining("'quarantinTo' is unknown, did you mean 'quarantineTo'?");
    }
}
