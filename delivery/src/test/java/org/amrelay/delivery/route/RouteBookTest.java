// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteBookTest {
    private static final EmailAddress BOB = EmailAddress.of("bob@a.example");

    /** From ann@b.example, account shop@b.example, 5,000 octets, in on port 2587. */
    private static final MailTraits MAIL = new MailTraits(
            ReversePath.of("Ann@b.example"),
            Optional.of("shop@b.example"),
            5000,
            Map.of("x-class", List.of("first", "Bulk mail"), "x-score", List.of("7.5")),
            Map.of("spam.score", "4.2"),
            Optional.of(2587));

    private static RouteBook book(String... lines) {
        return RouteBookReader.read(String.join("\n", lines), new RouteResources(Map.of(), Path.of("/nowhere")));
    }

    private static boolean isFor(String conditions) {
        return book("routes: [{name: x, to: discard, when: " + conditions + "}]")
                .decide(MAIL, BOB)
                .isPresent();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{recipients: a.example} | true",
                "{recipients: A.EXAMPLE} | true",
                "{recipients: example} | false",
                "{recipients: '*.example'} | true",
                "{recipients: '*.a.example'} | false",
                "{recipients: '*'} | true",
                "{recipients: bob@a.example} | true",
                "{recipients: BOB@a.example} | true",
                "{recipients: 'b?b@a.example'} | true",
                "{recipients: 'b*@*.example'} | true",
                "{recipients: 'eve@a.example'} | false",
                "{recipients: [eve@a.example, bob@a.example]} | true",
                "{recipients: '<>'} | false",
                "{senders: b.example} | true",
                "{senders: ann@b.example} | true",
                "{senders: '<>'} | false",
                "{senders: '*'} | true",
                "{accounts: shop@b.example} | true",
                "{accounts: 'shop*'} | true",
                "{accounts: '*'} | true",
                "{accounts: ann} | false",
                "{headers: {X-Class: 'bulk*'}} | true",
                "{headers: {X-Class: bulk}} | false",
                "{headers: {X-Class: '*'}} | true",
                "{headers: {X-Missing: '*'}} | false",
                "{headers: {X-Class: 'bulk*', X-Score: '>= 7.5'}} | true",
                "{headers: {X-Class: 'bulk*', X-Score: '> 7.5'}} | false",
                "{headers: {X-Class: '> 1'}} | false",
                "{attributes: {spam.score: '< 5'}} | true",
                "{attributes: {spam.score: '<= 4.1'}} | false",
                "{attributes: {spam.score: '4.*'}} | true",
                "{attributes: {other: '*'}} | false",
                "{larger-than: 4KB} | true",
                "{larger-than: 5000} | false",
                "{smaller-than: 5001} | true",
                "{smaller-than: 5000} | false",
                "{ports: 2587} | true",
                "{ports: [2525, 2465]} | false",
                "{recipients: a.example, senders: other.example} | false"
            })
    void aRouteIsForMailOfWhichAllItsConditionsHold(String conditions, boolean expected) {
        assertThat(isFor(conditions)).isEqualTo(expected);
    }

    @Test
    void mailWithoutTraitsMeetsNoConditionOnThem() {
        MailTraits bare =
                new MailTraits(ReversePath.nullSender(), Optional.empty(), 1, Map.of(), Map.of(), Optional.empty());
        RouteBook book = book(
                "routes:",
                "  - {name: a, to: discard, when: {accounts: '*'}}",
                "  - {name: b, to: discard, when: {ports: 25}}",
                "  - {name: c, to: discard, when: {senders: '*'}}",
                "  - {name: d, to: discard, when: {senders: '<>'}}");
        assertThat(book.decide(bare, BOB)).map(Route::name).contains("d");
    }

    @Test
    void theFirstRouteThatIsForTheMailDecides() {
        RouteBook book = book(
                "routes:",
                "  - {name: unless, to: discard, unless: {recipients: a.example}}",
                "  - {name: only-by-name, to: smarthosts, hosts: h, by-name-only: true}",
                "  - {name: follows, to: only-by-name, when: {recipients: a.example}}",
                "  - {name: rest, to: mx}");
        assertThat(book.decide(MAIL, BOB)).map(Route::name).contains("only-by-name");
        assertThat(book.decide(MAIL, EmailAddress.of("x@c.example")))
                .map(Route::name)
                .contains("unless");
        assertThat(book.named("follows")).map(Route::name).contains("only-by-name");
        assertThat(book.named("nobody")).isEmpty();
        assertThat(book.names()).containsExactly("unless", "only-by-name", "follows", "rest");
    }

    @Test
    void noRouteDecidesWhenNoneIsForTheMail() {
        assertThat(RouteBook.empty().decide(MAIL, BOB)).isEmpty();
        assertThat(book("routes: [{name: x, to: mx, when: {recipients: other.example}}]")
                        .decide(MAIL, BOB))
                .isEmpty();
    }

    @Test
    void asksOnlyForWhatSomeRouteLooksAt() {
        RouteBook book = book(
                "routes:",
                "  - {name: a, to: discard, when: {headers: {X-One: a, x-one: b}}}",
                "  - {name: b, to: discard, unless: {headers: {X-Two: a}, attributes: {At: b}}}");
        assertThat(book.headerNames()).containsExactlyInAnyOrder("x-one", "x-two");
        assertThat(book.attributeNames()).containsExactly("At");
    }

    @Test
    void aQueuedDeliveryKeepsOnlyTheNameAndTheLane() {
        RouteBook book = book(
                "routes:",
                "  - {name: each, to: mx, when: {recipients: a.example}}",
                "  - {name: fixed, to: mx, domain: Other.example, when: {recipients: b.example}}",
                "  - {name: ordered, to: smarthosts, hosts: [h1, h2], when: {recipients: c.example}}",
                "  - {name: shared, to: lmtp, share: by-weight, hosts: 'h1:2400'}");
        assertThat(hop(book, "a.example")).isEqualTo("route:each/a.example");
        assertThat(hop(book, "b.example")).isEqualTo("route:fixed/other.example");
        assertThat(hop(book, "c.example")).isEqualTo("route:ordered");
        assertThat(hop(book, "d.example")).isEqualTo("route:shared/h1:2400");
        for (String domain : List.of("a.example", "b.example", "c.example", "d.example")) {
            assertThat(NextHop.parse(hop(book, domain))).hasToString(hop(book, domain));
        }
    }

    private static String hop(RouteBook book, String domain) {
        EmailAddress recipient = new EmailAddress("x", domain);
        return book.decide(MAIL, recipient)
                .orElseThrow()
                .nextHop(recipient, new Random(1))
                .toString();
    }

    @Test
    void sharesMailByWeight() {
        RouteBook book = book(
                "routes:",
                "  - name: shared",
                "    to: smarthosts",
                "    share: by-weight",
                "    hosts: [{host: a, weight: 6}, {host: b, weight: 3}, {host: c}]");
        Route route = book.named("shared").orElseThrow();
        Random random = new Random(4711);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++) {
            String hop = route.nextHop(BOB, random).toString();
            counts["abc".indexOf(hop.charAt("route:shared/".length()))]++;
        }
        // 60, 30 and 10 in a hundred; four standard deviations are 196, 183 and 120
        assertThat(counts[0]).isBetween(5804, 6196);
        assertThat(counts[1]).isBetween(2817, 3183);
        assertThat(counts[2]).isBetween(880, 1120);
    }

    @Test
    void drawsTheRestByWeightToo() {
        Random random = new Random(11);
        int second = 0;
        for (int i = 0; i < 10_000; i++) {
            List<Integer> order = WeightedOrder.of(List.of(1000, 2, 1), weight -> weight, random);
            assertThat(order).containsExactlyInAnyOrder(1000, 2, 1);
            second += order.indexOf(2) < order.indexOf(1) ? 1 : 0;
        }
        assertThat(second).isBetween(6400, 6930);
    }

    @ParameterizedTest
    @CsvSource({
        "a*b*c, aXXbYYc, true",
        "a*b*c, aXXbYY, false",
        "*, '', true",
        "?, '', false",
        "a?c, abc, true",
        "a?c, ac, false",
        "*ab, aab, true",
        "ABC, abc, true",
        "a.c, abc, false"
    })
    void globsMatchAllOfTheText(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void aHostilePatternCostsNoTime() {
        String pattern = "*a".repeat(200) + "b";
        assertThat(Glob.of(pattern).matches("a".repeat(20_000))).isFalse();
    }
}
