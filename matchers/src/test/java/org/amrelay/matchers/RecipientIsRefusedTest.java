// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.apache.james.core.MailAddress;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecipientIsRefusedTest {
    private final MemoryRecipientRewriteTable table = new MemoryRecipientRewriteTable();

    @BeforeEach
    void aTableFollowsChains() {
        table.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
    }

    @Test
    void matchesWhatAnErrorStandsFor() throws Exception {
        map("gone@relay.example", Mapping.error("550 gone"));
        map("bob@relay.example", Mapping.alias("carol@relay.example"));
        assertThat(matching()).containsExactly(new MailAddress("gone@relay.example"));
    }

    @Test
    void matchesAliasesThatGoRoundInACircle() throws Exception {
        map("bob@relay.example", Mapping.alias("gone@relay.example"));
        map("gone@relay.example", Mapping.alias("bob@relay.example"));
        assertThat(matching()).hasSize(2);
    }

    @Test
    void matchesNobodyElse() throws Exception {
        assertThat(matching()).isEmpty();
    }

    private void map(String from, Mapping to) throws Exception {
        table.addMapping(MappingSource.fromMailAddress(new MailAddress(from)), to);
    }

    private Collection<MailAddress> matching() throws Exception {
        RecipientIsRefused matcher = new RecipientIsRefused(table);
        matcher.init(
                FakeMatcherConfig.builder().matcherName("RecipientIsRefused").build());
        return matcher.match(FakeMail.builder()
                .name("mail-1")
                .recipients("bob@relay.example", "gone@relay.example")
                .build());
    }
}
