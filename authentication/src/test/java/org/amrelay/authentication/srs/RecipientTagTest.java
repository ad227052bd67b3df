// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class RecipientTagTest {
    private static final EmailAddress NEWS = EmailAddress.of("news@sender.example");
    private static final EmailAddress BOB = EmailAddress.of("bob@far.example");

    private final RecipientTag tag = new RecipientTag("secret");

    @Test
    void comesBackToTheSender() {
        EmailAddress marked = tag.mark(NEWS, BOB);
        assertThat(marked.toString()).matches("news=v=[a-z2-7]{12}@sender\\.example");
        assertThat(RecipientTag.unmarked(marked)).contains(NEWS);
        assertThat(RecipientTag.unmarked(EmailAddress.of(marked.toString().toUpperCase(Locale.ROOT))))
                .map(address -> address.toString().toLowerCase(Locale.ROOT))
                .contains(NEWS.toString());
    }

    @Test
    void isTheSameForEachMailAndForOneRecipientOnly() {
        assertThat(tag.mark(NEWS, BOB)).isEqualTo(tag.mark(NEWS, EmailAddress.of("Bob@FAR.example")));
        assertThat(new RecipientTag("other").mark(NEWS, BOB)).isNotEqualTo(tag.mark(NEWS, BOB));
        assertThat(tag.mark(EmailAddress.of("info@sender.example"), BOB)
                        .localPart()
                        .substring(4))
                .isNotEqualTo(tag.mark(NEWS, BOB).localPart().substring(4));
        Set<EmailAddress> all = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(tag.mark(NEWS, EmailAddress.of("u" + i + "@far.example")));
        }
        assertThat(all).hasSize(10_000);
    }

    @Test
    void takesWhatLooksLikeAMarkInASendersNameForAPartOfIt() {
        EmailAddress named = EmailAddress.of("joe=v=abcdefghijkl@sender.example");
        EmailAddress marked = tag.mark(named, BOB);
        assertThat(RecipientTag.unmarked(marked)).contains(named);
        assertThat(marked).isNotEqualTo(tag.mark(named, EmailAddress.of("carol@far.example")));
    }

    @Test
    void leavesOtherAddressesAlone() {
        for (String other : new String[] {
            "news@sender.example",
            "news=v=abc@sender.example",
            "=v=abcdefghijkl@sender.example",
            "news=v=abcdefghijk1@sender.example",
            "news-v=abcdefghijkl@sender.example"
        }) {
            assertThat(RecipientTag.unmarked(EmailAddress.of(other))).as(other).isEmpty();
        }
    }
}
