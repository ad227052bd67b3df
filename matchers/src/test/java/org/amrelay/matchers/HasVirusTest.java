// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import org.amrelay.james.VirusVerdict;
import org.amrelay.james.VirusVerdict.Kind;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;

class HasVirusTest {
    private static Collection<MailAddress> matched(FakeMail mail, String condition) throws Exception {
        HasVirus matcher = new HasVirus();
        FakeMatcherConfig.Builder config = FakeMatcherConfig.builder().matcherName("HasVirus");
        matcher.init((condition.isEmpty() ? config : config.condition(condition)).build());
        return matcher.match(mail);
    }

    private static FakeMail mail() throws Exception {
        return FakeMail.builder().name("mail-1").recipient("bob@relay.example").build();
    }

    private static FakeMail mail(Kind kind) throws Exception {
        FakeMail mail = mail();
        new VirusVerdict(kind, "ClamAV", "detail").attach(mail);
        return mail;
    }

    @Test
    void isAboutMalwareUnlessAskedOtherwise() throws Exception {
        assertThat(matched(mail(Kind.INFECTED), "")).hasSize(1);
        assertThat(matched(mail(Kind.UNSCANNABLE), "")).isEmpty();
        assertThat(matched(mail(Kind.UNSCANNABLE), "infected, unscannable")).hasSize(1);
        assertThat(matched(mail(Kind.CLEAN), "skipped")).isEmpty();
    }

    @Test
    void doesNotMatchMailThatWasNotScanned() throws Exception {
        assertThat(matched(mail(), "")).isEmpty();
    }

    @Test
    void refusesAWordThatIsNoVerdict() {
        assertThatThrownBy(() -> matched(mail(), "infekted")).hasMessageContaining("infekted");
    }
}
