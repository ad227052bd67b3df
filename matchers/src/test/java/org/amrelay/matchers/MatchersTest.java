// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchersTest {
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("alice@relay.example")
                .recipients("bob@localhost", "carol@Mail.Example.ORG", "dave@example.org")
                .size(1025)
                .build();
    }

    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource({
        "example.org, dave",
        "*.example.org, carol",
        "'EXAMPLE.org, *.Example.org', 'carol dave'",
        "*, 'bob carol dave'",
        "ample.org, ''"
    })
    void matchesRecipientsByDomain(String condition, String locals) throws Exception {
        assertThat(matching(new RecipientDomainIs(), condition)).containsExactly(locals(locals));
    }

    @Test
    void tellsMailOfItsOwnFromMailThatCameOverTheLoopback() throws Exception {
        assertThat(matching(new ComesFromWithin(), "")).containsExactly("bob", "carol", "dave");

        mail.setAttribute(new Attribute(AttributeName.of("org.amrelay.protocol"), AttributeValue.of("ESMTP")));
        assertThat(matching(new ComesFromWithin(), "")).isEmpty();

        mail = FakeMail.builder()
                .name("mail-2")
                .recipient("bob@localhost")
                .remoteAddr("192.0.2.1")
                .build();
        assertThat(matching(new ComesFromWithin(), "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a@b.example", "*.", "'a b'", "*x.example"})
    void refusesWhatIsNoDomain(String condition) {
        assertThatThrownBy(() -> matching(new RecipientDomainIs(), condition))
                .hasMessageContaining("'domains'")
                .hasMessageContaining("is not a domain such as example.org or *.example.org");
    }

    @Test
    void matchesRecipientsOfOwnAndListedDomains() throws Exception {
        assertThat(matching(new RecipientIsRelayed(), "")).containsExactly("bob");
        assertThat(matching(new RecipientIsRelayed(), "example.org")).containsExactly("bob", "dave");
    }

    @Test
    void matchesRecipientsElsewhere() throws Exception {
        assertThat(matching(new RecipientIsElsewhere(), "")).containsExactly("carol", "dave");
        assertThat(matching(new RecipientIsElsewhere(), "*.example.org")).containsExactly("dave");
    }

    @Test
    void matchesReturnPathsThatAreOursAndAddressesForComplaints() throws Exception {
        ReturnPaths paths = new ReturnPaths("relay.example", List.of("secret"), java.time.InstantSource.system());
        EmailAddress tagged = paths.sign(EmailAddress.of("alice@relay.example"));
        EmailAddress forwarded = paths.forward(EmailAddress.of("zoe@far.example"));
        mail = FakeMail.builder()
                .name("mail-2")
                .recipients(
                        tagged.toString(),
                        forwarded.toString(),
                        tagged.toString().replace("prvs=0", "prvs=1"),
                        "fbl@relay.example",
                        "bob@relay.example")
                .build();
        assertThat(matching(new RecipientIsReturnPath(paths), "fbl@relay.example"))
                .containsExactlyInAnyOrder(tagged.localPart(), forwarded.localPart(), "fbl");
        assertThat(matching(new RecipientIsReturnPath(paths), "")).hasSize(2);
    }

    @Test
    void matchesMailOfAccountsOnly() throws Exception {
        assertThat(matching(new SenderIsAuthenticated(), "")).isEmpty();
        assertThat(matching(new AccountIs(), "alice@relay.example")).isEmpty();
        mail.setAttribute(new Attribute(
                AttributeName.of(Mail.SMTP_AUTH_USER_ATTRIBUTE_NAME), AttributeValue.of("Alice@relay.example")));
        assertThat(matching(new SenderIsAuthenticated(), "")).hasSize(3);
        assertThat(matching(new AccountIs(), "zoe@relay.example, alice@Relay.example"))
                .hasSize(3);
        assertThat(matching(new AccountIs(), "zoe@relay.example")).isEmpty();
    }

    @Test
    void matchesMailAboveASize() throws Exception {
        assertThat(matching(new MessageLargerThan(), "1KB")).hasSize(3);
        assertThat(matching(new MessageLargerThan(), "1025B")).isEmpty();
        assertThatThrownBy(() -> matching(new MessageLargerThan(), "big"))
                .hasMessageContaining("'size': 'big' is not a size such as 512KB or 25MB");
    }

    @Test
    void refusesAConditionThatNoQuestionTakes() {
        assertThatThrownBy(() -> matching(new SenderIsAuthenticated(), "yes"))
                .hasMessageContaining("'yes' is not name=value");
    }

    private List<String> matching(RelayMatcher<?> matcher, String condition) throws Exception {
        matcher.init(FakeMatcherConfig.builder()
                .matcherName(matcher.getClass().getSimpleName())
                .condition(condition)
                .mailetContext(FakeMailContext.defaultContext())
                .build());
        return matcher.match(mail).stream().map(MailAddress::getLocalPart).toList();
    }

    private static String[] locals(String text) {
        return text.isEmpty()
                ? new String[0]
                : ImmutableList.copyOf(text.split(" ")).toArray(new String[0]);
    }
}
