// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.amrelay.james.SpamVerdict;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;

class SpamScoreAboveTest {
    private static boolean matches(FakeMail mail, String condition) throws Exception {
        SpamScoreAbove matcher = new SpamScoreAbove();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("SpamScoreAbove")
                .condition(condition)
                .build());
        return !matcher.match(mail).isEmpty();
    }

    @Test
    void comparesThePoints() throws Exception {
        FakeMail mail =
                FakeMail.builder().name("mail-1").recipient("b@c.example").build();
        assertThat(matches(mail, "-100")).isFalse();
        new SpamVerdict(7.5, 5, List.of()).attach(mail);
        assertThat(matches(mail, "7")).isTrue();
        assertThat(matches(mail, "7.5")).isFalse();
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> matches(FakeMail.builder().name("m").build(), "much"))
                .hasMessageContaining("much");
    }
}
