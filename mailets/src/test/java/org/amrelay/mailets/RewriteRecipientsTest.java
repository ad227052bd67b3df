// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RewriteRecipientsTest {
    private final MemoryRecipientRewriteTable table = new MemoryRecipientRewriteTable();
    private final FakeMailContext context = FakeMailContext.defaultContext();
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        table.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("alice@relay.example")
                .recipients("bob@relay.example", "zoe@example.org")
                .build();
    }

    @Test
    void leavesRecipientsAloneThatTheTableDoesNotKnow() throws Exception {
        assertThat(recipientsAfterService()).containsExactly("bob@relay.example", "zoe@example.org");
        assertThat(mail.getState()).isEqualTo("transport");
    }

    @Test
    void followsAliasesAndGroupsToTheirEndInOneMail() throws Exception {
        map("bob@relay.example", Mapping.alias("team@relay.example"));
        map("team@relay.example", Mapping.group("carol@relay.example"));
        map("team@relay.example", Mapping.group("dave@elsewhere.example"));
        assertThat(recipientsAfterService())
                .containsExactlyInAnyOrder("carol@relay.example", "dave@elsewhere.example", "zoe@example.org");
        assertThat(context.getSentMails()).isEmpty();
    }

    @Test
    void keepsACopyForWhoForwardsToThemselvesToo() throws Exception {
        map("bob@relay.example", Mapping.forward("bob@relay.example"));
        map("bob@relay.example", Mapping.forward("bob@elsewhere.example"));
        assertThat(recipientsAfterService())
                .containsExactlyInAnyOrder("bob@relay.example", "bob@elsewhere.example", "zoe@example.org");
    }

    @Test
    void sendsOneCopyToARecipientThatSeveralBecome() throws Exception {
        map("bob@relay.example", Mapping.alias("zoe@example.org"));
        assertThat(recipientsAfterService()).containsExactly("zoe@example.org");
    }

    @Test
    void mapsWholeDomains() throws Exception {
        table.addMapping(
                MappingSource.fromDomain(Domain.of("example.org")), Mapping.domainAlias(Domain.of("example.net")));
        assertThat(recipientsAfterService()).containsExactly("bob@relay.example", "zoe@example.net");
    }

    @Test
    void triesLaterWhatTheTableRefusesRatherThanLoseIt() throws Exception {
        map("bob@relay.example", Mapping.error("550 gone"));
        recipientsAfterService();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails())
                .singleElement()
                .extracting(sent -> sent.getRecipients().size())
                .isEqualTo(2);
    }

    private void map(String from, Mapping to) throws Exception {
        table.addMapping(MappingSource.fromMailAddress(new MailAddress(from)), to);
    }

    private List<String> recipientsAfterService() throws MessagingException {
        RewriteRecipients mailet = new RewriteRecipients(table);
        mailet.init(FakeMailetConfig.builder()
                .mailetName("RewriteRecipients")
                .mailetContext(context)
                .build());
        mailet.service(mail);
        return mail.getRecipients().stream().map(MailAddress::asString).toList();
    }
}
