// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceClassifierTest {
    private final BounceClassifier classifier = new BounceClassifier();

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "550 | 5.1.1 | User unknown | address-unknown",
                "550 | 5.1.1 | blocked using zen.spamhaus.org; see the lookup | reputation",
                "550 | 5.1.1 | mailbox is over quota | mailbox-full",
                "550 | '' | Requested action not taken: mailbox unavailable | address-unknown",
                "550 | 5.4.1 | Recipient address rejected: Access denied. AS(201806281) | address-unknown",
                "550 | 5.1.10 | RESOLVER.ADR.RecipientNotFound | address-unknown",
                "550 | 5.2.1 | The email account that you tried to reach is disabled | mailbox-inactive",
                "550 | 5.2.1 | no such user | address-unknown",
                "552 | 5.2.2 | The email account that you tried to reach is over quota | mailbox-full",
                "550 | 5.7.26 | This mail is unauthenticated | authentication",
                "550 | 5.7.1 | Message rejected due to the DMARC policy of the domain | authentication",
                "550 | 5.7.1 | this message is likely unsolicited mail | content",
                "554 | 5.7.1 | Service unavailable; Client host [192.0.2.1] blocked using bl.example | reputation",
                "421 | 4.7.0 | [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints | reputation",
                "450 | 4.2.0 | Greylisted, see the web page | temporary",
                "451 | 4.7.1 | Please try again later | temporary",
                "552 | 5.3.4 | Message size exceeds fixed limit | size",
                "550 | 5.7.1 | Unable to relay | relay-denied",
                "554 | 5.7.1 | <>: Relay access denied | relay-denied",
                "550 | 5.4.6 | mail loop detected | routing",
                "550 | 5.1.8 | <>: Sender address rejected: Domain not found | policy",
                "550 | 5.7.606 | Access denied, sending address in range | reputation",
                "554 | '' | Transaction failed | policy",
                "500 | 5.5.2 | command not recognized | protocol-error",
                "452 | 4.3.1 | Insufficient system storage | server-trouble",
                "550 | '' | xyzzy | unknown",
                "550 | 5.0.0 | '' | unknown"
            })
    void readsReplies(int code, String enhanced, String text, String category) {
        BounceReason reason = classifier.of(Reply.of(code, enhanced, text));
        assertThat(reason.category().word()).isEqualTo(category);
        assertThat(reason.permanent()).isEqualTo(code >= 500);
    }

    @Test
    void namesOfHostsAndAddressesAreNoReasons() {
        BounceReason reason = classifier.of(
                Optional.empty(),
                "host mx.spamhaus.example[192.0.2.1] said: 550 5.1.1 <spf@rbl.example>: User unknown");
        assertThat(reason.category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
        assertThat(reason.isDefinite()).isTrue();
    }

    @Test
    void whatIsUnknownInTheAnswerToMailIsTheSender() {
        BounceReason reason = classifier.of(
                Optional.empty(), "SMTP error from remote server after MAIL FROM:<a@b.example>: 550 unknown user");
        assertThat(reason.category()).isEqualTo(BounceCategory.POLICY);
        assertThat(reason.isHard()).isFalse();
    }

    @Test
    void likelyIsNotDefinite() {
        BounceReason reason = classifier.of(Reply.of(550, "5.1.0", "no"));
        assertThat(reason.category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
        assertThat(reason.isDefinite()).isFalse();
    }

    @Test
    void anExactCodeInTheWordsWinsOverAVagueStatus() {
        BounceReason reason =
                classifier.of(EnhancedCode.atStartOf("5.0.0"), "smtp; 550 5.2.2 cannot be taken at this moment");
        assertThat(reason.status()).contains(new EnhancedCode(5, 2, 2));
        assertThat(reason.category()).isEqualTo(BounceCategory.MAILBOX_FULL);
    }

    @Test
    void addressesOfNetworksAndVersionsAreNoCodes() {
        assertThat(Codes.enhanced("from 5.1.1.2 with Postfix-2.5.10 and [5.7.1.9]"))
                .isEmpty();
        assertThat(Codes.reply("id 550123 on 192.0.2.550 port 4505")).isEmpty();
        assertThat(Codes.enhanced("(#5.1.1) and 4.2.2: x")).hasSize(2);
    }

    @Test
    void everyHeadingOfTheShippedWordsIsACategory() {
        for (BounceCategory category : BounceCategory.values()) {
            assertThat(BounceCategory.ofWord(category.word())).contains(category);
        }
        assertThat(BounceCategory.ofWord("nonsense")).isEmpty();
    }
}
