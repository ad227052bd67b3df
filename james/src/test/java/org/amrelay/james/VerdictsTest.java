// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResults.Property;
import org.amrelay.mail.message.HeaderField;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    @Test
    void surviveTheTextForm() throws Exception {
        AuthenticationResults results = new AuthenticationResults(
                "mx.example",
                List.of(
                        MethodResult.of("iprev", "fail", "", new Property("policy", "iprev", "2001:db8:0:0:0:0:0:1")),
                        MethodResult.of(
                                "spf",
                                "permerror",
                                "example.com: \"odd\" (\\) ; text",
                                new Property("smtp", "mailfrom", "\"a b\"@example.com")),
                        MethodResult.of("dkim", "pass", "", new Property("header", "b", "Ab/+=12=")),
                        MethodResult.of("dmarc", "none", "")));
        FakeMail mail = FakeMail.builder().name("mail-1").build();
        Verdicts.attach(results, mail);
        String json = mail.attributes()
                .findFirst()
                .orElseThrow()
                .getValue()
                .toJson()
                .orElseThrow()
                .toString();
        FakeMail restored = FakeMail.builder()
                .name("mail-1")
                .attribute(new Attribute(AttributeName.of("org.amrelay.verdicts"), AttributeValue.fromJsonString(json)))
                .build();
        assertThat(Verdicts.of(restored)).contains(results);
    }

    @Test
    void areNoneWhenNobodyAttachedAnyOrTheyCannotBeRead() throws Exception {
        FakeMail mail = FakeMail.builder().name("mail-1").build();
        assertThat(Verdicts.of(mail)).isEmpty();
        mail.setAttribute(
                new Attribute(AttributeName.of("org.amrelay.verdicts"), AttributeValue.of("mx; spf=\"no end")));
        assertThat(Verdicts.of(mail)).isEmpty();
    }

    @Test
    void aHeaderIsReplacedInItsOrderWhileTheBodyStays() throws Exception {
        String text =
                "Received: from a\r\n\tby b\r\nSubject: one\r\nX-Two: \u00e9\r\nsubject: three\r\n\r\nB\u00e9\r\n";
        FakeMail mail = FakeMail.builder()
                .name("mail-1")
                .mimeMessage(new MimeMessageWrapper(MimeMessageInputStreamSource.create(
                        "m", new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))))
                .build();
        List<HeaderField> fields = new ArrayList<>(MailHeader.of(mail).fields());
        assertThat(fields).extracting(HeaderField::name).containsExactly("Received", "Subject", "X-Two", "subject");
        fields.remove(1);
        fields.add(0, HeaderField.of("First: a\r\n\tb"));
        MailHeader.replace(mail, fields);
        assertThat(MailHeader.of(mail).fields())
                .extracting(HeaderField::raw)
                .containsExactly("First: a\r\n\tb", "Received: from a\r\n\tby b", "X-Two: \u00e9", "subject: three");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.getMessage().writeTo(out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).endsWith("\r\n\r\nB\u00e9\r\n");
    }
}
