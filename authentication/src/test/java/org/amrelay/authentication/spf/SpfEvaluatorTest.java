// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.cases.Cases;
import org.amrelay.authentication.spf.SpfResult.Status;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpfEvaluatorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

    @TestFactory
    List<DynamicNode> followsTheStandard() {
        return Cases.of("/spf/rfc7208.yaml", SpfEvaluatorTest::check);
    }

    private static void check(JsonNode each, Dns dns) {
        String helo = each.path("helo").asText("client.example.net");
        InetAddress client = address(each.path("ip").asText("192.0.2.1"));
        SpfQuery query = each.has("from")
                ? SpfQuery.mailFrom(client, helo, each.path("from").asText())
                : SpfQuery.helo(client, helo);
        SpfResult result = evaluate(dns, query);
        assertThat(result.status().word())
                .as(result.reason())
                .isEqualTo(each.path("expect").asText());
        if (each.has("explanation")) {
            assertThat(result.explanation().orElse(""))
                    .isEqualTo(each.path("explanation").asText());
        }
    }

    @Test
    void waitsForAnswersThatComeLater() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Dns zone = Zone.of(
                "example.com TXT \"v=spf1 mx a:other.example.com exists:%{p}.e.example.com redirect=r.example.com\"",
                "example.com MX 10 mx.example.com.",
                "mx.example.com A 198.51.100.1",
                "r.example.com TXT \"v=spf1 include:i.example.com -all exp=why.example.com\"",
                "i.example.com TXT \"v=spf1 ip4:198.51.100.1 -all\"",
                "why.example.com TXT \"not from %{i}\"");
        Dns slow = new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                return gate.thenComposeAsync(opened -> zone.query(name, type));
            }
        };
        CompletableFuture<SpfResult> result = new SpfEvaluator(slow, "mx.relay.example", CLOCK)
                .evaluate(SpfQuery.mailFrom(address("192.0.2.1"), "h", "a@example.com"))
                .toCompletableFuture();
        assertThat(result).isNotDone();
        gate.complete(null);
        assertThat(result.join().status()).isEqualTo(Status.FAIL);
        assertThat(result.join().explanation()).contains("not from 192.0.2.1");
    }

    @Test
    void namesTheDirectiveThatDecided() {
        Dns dns = Zone.of("example.com TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
        SpfResult result = evaluate(dns, SpfQuery.mailFrom(address("192.0.2.1"), "h", "a@Example.COM"));
        assertThat(result.reason()).isEqualTo("example.com: ip4:192.0.2.0/24");
        assertThat(result.isPass()).isTrue();
        assertThat(result.domain()).isEqualTo("example.com");
    }

    static SpfResult evaluate(Dns dns, SpfQuery query) {
        return new SpfEvaluator(dns, "mx.relay.example", CLOCK)
                .evaluate(query)
                .toCompletableFuture()
                .join();
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
