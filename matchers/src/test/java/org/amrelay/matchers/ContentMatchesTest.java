// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.content.RuleMode;
import org.amrelay.james.ContentVerdict;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentMatchesTest {
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder().name("mail-1").recipient("bob@relay.example").build();
    }

    private boolean matches(String condition) throws Exception {
        ContentMatches matcher = new ContentMatches();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("ContentMatches")
                .condition(condition)
                .build());
        return !matcher.match(mail).isEmpty();
    }

    @Test
    void matchesWhatEnforcedOrNamedRulesHaveHit() throws Exception {
        assertThat(matches("")).isFalse();
        new ContentVerdict(List.of(new ContentHit("seen", RuleMode.AUDIT, "1", 3, "##"))).attach(mail);
        assertThat(matches("")).isFalse();
        assertThat(matches("other, seen")).isTrue();
        new ContentVerdict(List.of(new ContentHit("done", RuleMode.ENFORCE, "1", 3, "##"))).attach(mail);
        assertThat(matches("")).isTrue();
        assertThat(matches("other")).isFalse();
    }
}
