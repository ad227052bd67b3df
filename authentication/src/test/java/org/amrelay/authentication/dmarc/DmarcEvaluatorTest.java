// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.cases.Cases;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DmarcEvaluatorTest {
    @TestFactory
    List<DynamicNode> followsTheStandard() {
        return Cases.of("/dmarc/rfc9989.yaml", DmarcEvaluatorTest::check);
    }

    private static void check(JsonNode each, Dns dns) {
        SpfResult spf = spf(each.path("spf").asText("none"));
        List<DkimResult> dkim = new ArrayList<>();
        each.path("dkim").forEach(d -> dkim.add(dkim(d.asText())));
        DmarcResult result = evaluate(dns, each.path("from").asText(), spf, dkim);
        assertThat(result.word())
                .as(result.toString())
                .isEqualTo(each.path("expect").asText());
        if (each.has("policy")) {
            String policy = result.failure()
                    .map(DmarcResult.Fail::policy)
                    .or(() -> result.found().map(DmarcResult.Published::policy))
                    .map(Policy::word)
                    .orElse("");
            assertThat(policy).isEqualTo(each.path("policy").asText());
        }
        if (each.has("at")) {
            assertThat(result.found().map(DmarcResult.Published::domain))
                    .contains(each.path("at").asText());
        }
        if (each.has("organization")) {
            assertThat(result.found().map(DmarcResult.Published::organizationalDomain))
                    .contains(each.path("organization").asText());
        }
    }

    @Test
    void asksForEightNamesAtMost() {
        // RFC 9989 §4.10
        assertThat(TreeWalk.names("a.b.c.d.e.f.g.h.i.j.mail.example.com"))
                .containsExactly(
                        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
                        "g.h.i.j.mail.example.com",
                        "h.i.j.mail.example.com",
                        "i.j.mail.example.com",
                        "j.mail.example.com",
                        "mail.example.com",
                        "example.com",
                        "com");
        assertThat(TreeWalk.names("a.b.c.d.e.f.g.h")).hasSize(8);
        assertThat(TreeWalk.names("a.b.c.d.e.f.g")).hasSize(7);
        assertThat(TreeWalk.names("com")).containsExactly("com");
    }

    @Test
    void asksForOneNameWhenEverythingIsTheSame() {
        List<String> asked = new ArrayList<>();
        Dns zone = Zone.of("_dmarc.a.example.com TXT \"v=DMARC1; p=reject\"");
        Dns counting = new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                asked.add(name);
                return zone.query(name, type);
            }
        };
        DmarcResult result = evaluate(counting, "a.example.com", spf("pass a.example.com"), List.of());
        assertThat(result.word()).isEqualTo("pass");
        assertThat(asked).containsExactly("_dmarc.a.example.com");
    }

    private static DmarcResult evaluate(Dns dns, String author, SpfResult spf, List<DkimResult> dkim) {
        String from = author.contains("@") ? author : "Author <joe@" + author + ">";
        return new DmarcEvaluator(dns)
                .evaluate(Mails.header(Mails.of("From: " + from + "\n\n")), spf, dkim)
                .toCompletableFuture()
                .join();
    }

    private static SpfResult spf(String text) {
        String[] words = text.split(" ");
        SpfQuery query = SpfQuery.mailFrom(
                InetAddress.getLoopbackAddress(), "h.example", "joe@" + (words.length > 1 ? words[1] : "none.example"));
        return new SpfResult(SpfResult.Status.valueOf(words[0].toUpperCase(Locale.ROOT)), query, "", Optional.empty());
    }

    private static DkimResult dkim(String text) {
        String[] words = text.split(" ");
        return new DkimResult(
                DkimResult.Status.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words[1],
                "s",
                '@' + words[1],
                "rsa-sha256",
                "",
                "",
                false,
                true);
    }
}
