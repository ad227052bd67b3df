// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.arc.ArcResult.Hop;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResultsParser;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class RefusalPolicyTest {
    private static final RefusalPolicy ALL = new RefusalPolicy(true, true, true, TrustedSealers.none());
    private static final RefusalPolicy NOTHING = new RefusalPolicy(false, false, false, TrustedSealers.none());
    private static final String[] ZONE = {
        "bank.example TXT \"v=spf1 -all exp=why.bank.example\"",
        "why.bank.example TXT \"ask us\"",
        "_dmarc.bank.example TXT \"v=DMARC1; p=reject\"",
        "slow.example TXT \"v=spf1 include:late.slow.example -all\"",
        "; TIMEOUT late.slow.example",
        "_dmarc.slow.example TXT \"v=DMARC1; p=reject\"",
        "1.2.0.192.in-addr.arpa PTR host.example.",
        "host.example A 192.0.2.1",
        "2.2.0.192.in-addr.arpa PTR host.example."
    };

    private static MessageVerdict verdict(String client, String sender, String author) throws IOException {
        MessageContent mail = Mails.of("From: joe@" + author + "\n\nHello.\n");
        return new MessageAuthenticator(Zone.of(ZONE), "mx.example", InstantSource.fixed(Instant.EPOCH))
                .evaluate(InetAddress.getByName(client), "helo.example", sender, Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }

    private static Optional<String> reply(RefusalPolicy policy, MessageVerdict verdict) {
        return policy.refusal(verdict).map(refusal -> refusal.reply().toString());
    }

    @Test
    void refusesInTheCodesOfRfc7372() throws IOException {
        RefusalPolicy dmarc = new RefusalPolicy(true, false, false, TrustedSealers.none());
        assertThat(reply(dmarc, verdict("192.0.2.1", "joe@other.example", "bank.example")))
                .contains("550 5.7.26 no passing SPF or DKIM for bank.example, which asks to reject then");
        assertThat(reply(ALL, verdict("192.0.2.1", "joe@bank.example", "other.example")))
                .contains("550 5.7.23 SPF of bank.example forbids it; the domain explains: ask us");
        assertThat(reply(ALL, verdict("192.0.2.2", "joe@other.example", "other.example")))
                .contains("550 5.7.25 the name of your host does not lead back to its address");
        assertThat(reply(NOTHING, verdict("192.0.2.2", "joe@bank.example", "bank.example")))
                .isEmpty();
    }

    @Test
    void neverRefusesForATemporaryErrorOrForNothing() throws IOException {
        assertThat(reply(ALL, verdict("192.0.2.1", "joe@slow.example", "slow.example")))
                .isEmpty();
        assertThat(reply(ALL, verdict("192.0.2.3", "joe@other.example", "other.example")))
                .isEmpty();
    }

    private static MessageVerdict forwarded(ArcResult.Status status, String... hops) throws IOException {
        MessageVerdict direct = verdict("192.0.2.1", "list@lists.example", "bank.example");
        List<Hop> sealed = new java.util.ArrayList<>();
        for (String hop : hops) {
            String[] parts = hop.split(" ", 2);
            sealed.add(new Hop(
                    sealed.size() + 1,
                    parts[0],
                    AuthenticationResultsParser.parse(parts[0] + "; " + parts[1])
                            .fold(Optional::of, why -> Optional.empty())));
        }
        ArcResult arc = new ArcResult(status, hops.length, sealed, 0, "", false, false);
        return new MessageVerdict(direct.iprev(), direct.helo(), direct.spf(), direct.dkim(), direct.dmarc(), arc);
    }

    @Test
    void letsTrustedForwardersVouch() throws IOException {
        TrustedSealers trusted = new TrustedSealers(Set.of("Lists.example"));
        RefusalPolicy policy = new RefusalPolicy(true, false, false, trusted);
        String pass = " dmarc=pass header.from=bank.example";
        MessageVerdict vouched = forwarded(ArcResult.Status.PASS, "mx.lists.example" + pass, "lists.example arc=pass");
        assertThat(policy.refusal(vouched)).isEmpty();
        AuthenticationResults results = vouched.results("mx.example", trusted);
        assertThat(AuthorVerdict.of(results)).hasValueSatisfying(author -> {
            assertThat(author.result()).isEqualTo("fail");
            assertThat(author.policy()).contains(Policy.REJECT);
            assertThat(author.vouchedBy()).contains("mx.lists.example");
            assertThat(author.failure()).isEmpty();
        });
        assertThat(policy.refusal(forwarded(ArcResult.Status.FAIL, "lists.example" + pass)))
                .isPresent();
        assertThat(policy.refusal(forwarded(ArcResult.Status.PASS, "evil.example" + pass)))
                .isPresent();
        assertThat(policy.refusal(forwarded(ArcResult.Status.PASS, "lists.example" + pass, "evil.example dmarc=fail")))
                .isPresent();
        assertThat(policy.refusal(forwarded(ArcResult.Status.PASS, "lists.example dmarc=pass header.from=me.example")))
                .isPresent();
    }

    @Test
    void knowsWhoTakesResponsibility() throws IOException {
        AuthenticationResults failed =
                verdict("192.0.2.1", "joe@bank.example", "bank.example").results("mx.example");
        AuthorVerdict author = AuthorVerdict.of(failed).orElseThrow();
        assertThat(author.isAligned(failed)).isFalse();
        assertThat(author.failure()).contains(Policy.REJECT);
        AuthenticationResults plain = AuthenticationResultsParser.parse(
                        "mx; spf=pass smtp.mailfrom=joe@other.example; dmarc=none header.from=other.example")
                .fold(read -> read, why -> new AuthenticationResults("mx", List.of()));
        assertThat(AuthorVerdict.of(plain).orElseThrow().isAligned(plain)).isTrue();
        assertThat(AuthorVerdict.of(new AuthenticationResults("mx", List.of()))).isEmpty();
    }
}
