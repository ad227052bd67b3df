// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @Test
    void readsHostAndPath() {
        assertThat(WebAddress.parse("https://Reports.A.example/v1/tls?x=1#here"))
                .contains(new WebAddress("reports.a.example", "/v1/tls?x=1"));
        assertThat(WebAddress.parse("HTTPS://a.example:443")).contains(new WebAddress("a.example", "/"));
        assertThat(WebAddress.parse("https://2.a.example/%20")).contains(new WebAddress("2.a.example", "/%20"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a.example/",
                "ftp://a.example/",
                "https:a.example",
                "https:///path",
                "https://user@a.example/",
                "https://a.example:8443/",
                "https://a.example:80/",
                "https://localhost/",
                "https://relay/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://a.example./",
                "https://a.example/a b",
                "https://a.example/\r\nHost: b",
                "https://b\u00fccher.example/",
                "https://a.example/\u00fc",
                "https://a.example/%zz"
            })
    void refusesWhatMayLeadElsewhere(String address) {
        assertThat(WebAddress.parse(address)).isEmpty();
    }

    @Test
    void hasABound() {
        assertThat(WebAddress.parse("https://a.example/" + "x".repeat(2000))).isEmpty();
        assertThat(WebAddress.parse("https://" + "x.".repeat(130) + "example/")).isEmpty();
    }
}
