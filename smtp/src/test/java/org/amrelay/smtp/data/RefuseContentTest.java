// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.content.ContentBook;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.content.ContentRuleFile;
import org.amrelay.filtering.content.DirectParts;
import org.amrelay.filtering.content.NothingSensitive;
import org.amrelay.james.MessageViews;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefuseContentTest {
    private MailImpl mail;

    @BeforeEach
    void aMessageHasCome() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender("a@b.example")
                .addRecipients("bob@relay.example", "cora@relay.example")
                .build();
        byte[] text = "Subject: secret\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
        mail.setMessageNoCopy(
                new MimeMessageWrapper(MimeMessageInputStreamSource.create("m", new ByteArrayInputStream(text))));
    }

    private static <T> T nobody(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getReturnType() == boolean.class ? (Object) false : null));
    }

    private HookResult answer(AttachmentInspector inspector, String rule) throws Exception {
        ContentBook book = ContentBook.of(ContentRuleFile.read("rules:\n  - " + rule, Map.of()), Set.of());
        RefuseContent hook = new RefuseContent(
                new ContentFilter(book, inspector, new NothingSensitive()),
                MessageViews.ofJames(),
                nobody(DomainList.class),
                Clock.systemUTC());
        hook.init(new BaseHierarchicalConfiguration());
        return hook.onMessage(nobody(SMTPSession.class), mail);
    }

    private HookResult answer(String rule) throws Exception {
        return answer(new DirectParts(), rule);
    }

    @Test
    void refusesWithTheWordsOfTheRule() throws Exception {
        HookResult answer = answer("{name: one, when: {text: {words: [secret]}}, then: {reject: Not here}}");
        assertThat(answer.getSmtpRetCode()).isEqualTo("550");
        assertThat(answer.getSmtpDescription()).isEqualTo("5.7.1 Not here");
    }

    @Test
    void leavesToTheMailetWhatIsNotForAllOrNotKnownYet() throws Exception {
        assertThat(answer("{name: one, when: {recipient: [bob@relay.example]}, then: {reject: x}}"))
                .isEqualTo(HookResult.DECLINED);
        assertThat(answer("{name: one, when: {not: {spam-score-above: 3}}, then: {reject: x}}"))
                .isEqualTo(HookResult.DECLINED);
        assertThat(answer("{name: one, mode: audit, then: {reject: x}}")).isEqualTo(HookResult.DECLINED);
        assertThat(answer("{name: one, then: {quarantine: true}}")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void saysTryLaterWhenItFails() throws Exception {
        HookResult answer = answer(
                view -> {
                    throw new IllegalStateException("the inspector failed");
                },
                "{name: one, when: {attachment: {trait: [executable]}}, then: {reject: x}}");
        assertThat(answer.getSmtpRetCode()).isEqualTo("451");
    }
}
