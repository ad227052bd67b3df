// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.syntax.DomainNames;

class DmarcFuzz {
    @Provide
    static Arbitrary<String> records() {
        return Arbitraries.of(
                        "v=DMARC1;",
                        "V = DMARC1 ;",
                        "v=DMARC2;",
                        "p=reject;",
                        "P=Quarantine;",
                        "p=nonsense;",
                        "p=;",
                        "sp=none;",
                        "np=reject;",
                        "psd=y;",
                        "psd=n;",
                        "t=y;",
                        "fo=0:1:d:s;",
                        "fo=:;",
                        "rua=mailto:a@b.example!10m,mailto:,x:y;",
                        "ruf=mailto:%,\u00e9;",
                        "adkim=s;",
                        "aspf=S;",
                        ";",
                        "=",
                        " ",
                        "\u0000")
                .list()
                .ofMaxSize(15)
                .map(pieces -> String.join("", pieces));
    }

    @Property(seed = "1", tries = 3000)
    void everyTextIsAPolicyOrNone(@ForAll("records") String text) {
        DmarcRecordParser.parse(text)
                .ifPresent(record -> assertThat(record.failureOptions()).isNotEmpty());
        DmarcRecordParser.parse("v=DMARC1;" + text)
                .ifPresent(record -> assertThat(record.aggregateReports()).hasSizeLessThanOrEqualTo(10));
    }

    @Property(seed = "1", tries = 2000)
    void anyTextIsAPolicyOrNone(@ForAll String text) {
        assertThat(DmarcRecordParser.parse(text)).isNotNull();
        assertThat(DmarcRecordParser.parse("v=DMARC1; " + text)).isPresent();
    }

    @Provide
    static Arbitrary<String> authors() {
        return Arbitraries.of(
                        "joe@example.com",
                        "<joe@a.example>",
                        "Joe",
                        "\"Joe",
                        "\"",
                        "\\",
                        "(",
                        ")",
                        "((",
                        ",",
                        ";",
                        ":",
                        "group:",
                        "<@r.example:joe@b.example>",
                        "=?utf-8?q?x@y?=",
                        "@",
                        "[192.0.2.1]",
                        "joe@b\u00fccher.example",
                        " ",
                        "\r\n\t",
                        "<",
                        ">",
                        "<>")
                .list()
                .ofMaxSize(10)
                .map(pieces -> String.join("", pieces));
    }

    @Property(seed = "1", tries = 3000)
    void whoeverIsFoundAsAuthorIsADomain(@ForAll("authors") String from) {
        List<String> domains = AuthorDomains.of(Mails.header(Mails.raw("From: " + from + "\r\n\r\n")))
                .fold(found -> found, why -> List.<String>of());
        assertThat(domains)
                .doesNotHaveDuplicates()
                .allSatisfy(domain -> assertThat(DomainNames.canonical(domain)).contains(domain));
    }
}
