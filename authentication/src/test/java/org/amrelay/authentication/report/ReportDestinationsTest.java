// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.amrelay.authentication.report.ReportDestinations.Found;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;

/** RFC 9990 §3. */
class ReportDestinationsTest {
    private static final String POLICIES =
            "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n" + "_dmarc.example.net TXT \"v=DMARC1; p=none\"\n";

    private static Found find(String destinations, String... zone) {
        return new ReportDestinations(Zone.of(POLICIES + String.join("\n", zone)))
                .find("blue.example.com", destinations)
                .toCompletableFuture()
                .join();
    }

    private static void agrees(Found found, String... addresses) {
        assertThat(found.isComplete()).isTrue();
        assertThat(found.agreed()).extracting(Object::toString).containsExactly(addresses);
    }

    @Test
    void theSameOrganizationNeedsNoAgreement() {
        agrees(find("mailto:d@example.com mailto:e@red.example.com"), "d@example.com", "e@red.example.com");
    }

    @Test
    void othersMustHaveAgreed() {
        String name = "blue.example.com._report._dmarc.red.example.net TXT ";
        agrees(find("mailto:r@red.example.net"));
        agrees(find("mailto:r@red.example.net", name + "\"v=DMARC1\""), "r@red.example.net");
        agrees(find("mailto:r@red.example.net", name + "\"v=DMARC1;\""), "r@red.example.net");
        agrees(find("mailto:r@red.example.net", name + "\"something\""));
        agrees(
                find("mailto:r@red.example.net", "*._report._dmarc.red.example.net TXT \"v=DMARC1\""),
                "r@red.example.net");
    }

    @Test
    void othersMayNameAnotherAddressOfTheirs() {
        String name = "blue.example.com._report._dmarc.red.example.net TXT ";
        agrees(
                find("mailto:r@red.example.net", name + "\"v=DMARC1; rua=mailto:here@red.example.net\""),
                "here@red.example.net");
        agrees(find("mailto:r@red.example.net", name + "\"v=DMARC1; rua=mailto:there@victim.example\""));
    }

    @Test
    void aSilentDnsIsAskedAgain() {
        Found found = find(
                "mailto:d@example.com mailto:r@red.example.net",
                "; SERVFAIL blue.example.com._report._dmarc.red.example.net");

        assertThat(found.isComplete()).isFalse();
        assertThat(found.agreed()).extracting(Object::toString).containsExactly("d@example.com");
    }

    @Test
    void whatIsNoPlainAddressGetsNothing() {
        agrees(find("https://example.com/ mailto:d@example.com?subject=x mailto:nobody mailto:%0d%0a@example.com x"));
    }
}
