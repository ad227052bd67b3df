// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageContent;

class DkimFuzz {
    private static final Dns DNS = Zone.of(TestKeys.zone("example.com"));
    private static final DkimEvaluator EVALUATOR =
            new DkimEvaluator(DNS, InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z")));

    @Provide
    static Arbitrary<String> signatures() {
        return Arbitraries.of(
                        "v=1;",
                        "v=2;",
                        "a=rsa-sha256;",
                        "a=ed25519-sha256;",
                        "a=;",
                        "c=relaxed/simple;",
                        "c=relaxed/relaxed/relaxed;",
                        "d=example.com;",
                        "d=b\u00fccher.example;",
                        "s=rsa;",
                        "s=.;",
                        "h=from:from:to;",
                        "h=:;",
                        "h=dkim-signature:from;",
                        "i=@a.example.com;",
                        "i=\"@\"@;",
                        "l=0;",
                        "l=99999999999999999999999999;",
                        "q=dns/txt:x;",
                        "t=1;",
                        "x=999999999999;",
                        "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;",
                        "b=AAAA;",
                        "b=\r\n\tA A\r\n A=;",
                        "b==;",
                        ";",
                        "=",
                        " ",
                        "\r\n\t",
                        "\u0000",
                        "\u00e9",
                        "z=a|b;")
                .list()
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces));
    }

    private static List<DkimResult> evaluate(MessageContent mail) throws IOException {
        return EVALUATOR
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }

    @Property(seed = "1", tries = 3000)
    void everySignatureHasAResultAndNoForgeryPasses(@ForAll("signatures") String signature) throws IOException {
        MessageContent mail = Mails.raw("DKIM-Signature: " + signature + "\r\nFrom: joe@example.com\r\n\r\nHello\r\n");
        assertThat(evaluate(mail)).hasSize(1).noneMatch(DkimResult::isPass);
    }

    @Property(seed = "1", tries = 2000)
    void anyTextIsASignatureOrNot(@ForAll String text) {
        assertThat(DkimSignatureParser.parse(HeaderField.of("DKIM-Signature:" + text)))
                .isNotNull();
    }

    @Property(seed = "1", tries = 2000)
    void anyTextIsAKeyOrNot(@ForAll String text) {
        assertThat(KeyRecordParser.parse(text)).isNotNull();
        assertThat(KeyRecordParser.parse("v=DKIM1; k=rsa; p=" + text)).isNotNull();
    }

    @Property(seed = "1", tries = 2000)
    void anyOctetsAreAKeyOrNot(@ForAll @Size(max = 300) byte[] octets) {
        String data = Base64.getEncoder().encodeToString(octets);
        assertThat(KeyRecordParser.parse("p=" + data)).isNotNull();
        assertThat(KeyRecordParser.parse("k=ed25519; p=" + data)).isNotNull();
    }

    @Property(seed = "1", tries = 2000)
    void relaxedHeadersStayAsTheyAreOnceRelaxed(@ForAll("fields") String field) {
        String once = Canonicalization.RELAXED.header(field);
        assertThat(Canonicalization.RELAXED.header(once)).isEqualTo(once);
        assertThat(once).doesNotContain("\r\n", "\t", "  ");
    }

    @Provide
    static Arbitrary<String> fields() {
        return Arbitraries.of("A", "b", ":", " ", "\t", "\r\n ", "\r\n\t", "x y", "\u00e9", "\r")
                .list()
                .ofMaxSize(12)
                .map(pieces -> "Name:" + String.join("", pieces) + "x");
    }
}
