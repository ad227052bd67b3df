// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkAddressTest {
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            http://A.Example/x?y#z | http://a.example/x?y | ''
            HTTPS://a.example | https://a.example/ | ''
            http://a.example:80/ | http://a.example/ | ''
            http://a.example:8080/ | http://a.example:8080/ | odd-port
            http://user:pw@evil.example/ | http://evil.example/ | user-info
            http://www.bank.example@evil.example/ | http://evil.example/ | user-info
            http://evil.example\\@bank.example/ | http://evil.example/@bank.example/ | odd-slashes
            http:/a.example/ | http://a.example/ | odd-slashes
            http:a.example | http://a.example/ | odd-slashes
            http:\\\\a.example\\b | http://a.example/b | odd-slashes
            http:///a.example | http://a.example/ | odd-slashes
            http://192.0.2.1/ | http://192.0.2.1/ | ip-host
            http://3221225985/ | http://192.0.2.1/ | disguised-ip-host
            http://0xC0000201/ | http://192.0.2.1/ | disguised-ip-host
            http://0300.0.02.1/ | http://192.0.2.1/ | disguised-ip-host
            http://192.0.513/ | http://192.0.2.1/ | disguised-ip-host
            http://0xc0.0.2.0x1/ | http://192.0.2.1/ | disguised-ip-host
            http://[2001:db8::1]:81/x | http://[2001:db8:0:0:0:0:0:1]:81/x | ip-host odd-port
            http://b%C3%BCcher.example/ | http://xn--bcher-kva.example/ | encoded-host international-host
            http://%65vil.example/ | http://evil.example/ | encoded-host
            http://ｅｖｉｌ.example/ | http://evil.example/ | international-host
            http://evil。example/ | http://evil.example/ | international-host
            http://a.example./ | http://a.example/ | ''
            http://a.example/%61%2f | http://a.example/a%2F | needless-encoding
            http://a..example/ | http://a..example/ | broken-host
            http:// | http:/ | broken-host
            www.a.example/x | http://www.a.example/x | ''
            //a.example/x | http://a.example/x | ''
            a.example:8080/x | http://a.example:8080/x | odd-port
            mailto:a@b.example | mailto:a@b.example | ''
            javascript:alert(1) | javascript:alert(1) | ''
            http://r.example/?u=http://evil.example/ | http://r.example/?u=http://evil.example/ | embedded-address
            http://r.example/http%3A%2F%2Fevil.example | http://r.example/http%3A%2F%2Fevil.example | embedded-address
            """)
    void readsWhatABrowserWouldOpen(String written, String normal, String oddities) {
        LinkAddress address = LinkAddress.parse(written);
        assertThat(address.normal()).isEqualTo(normal);
        assertThat(address.oddities().stream().sorted().map(Oddity::text).collect(Collectors.joining(" ")))
                .isEqualTo(oddities);
    }

    @Test
    void passesOverCharactersThatBrowsersPassOver() {
        LinkAddress address = LinkAddress.parse(" ht\ntp://ev\til.exa\u200bmple/\r\n ");
        assertThat(address.normal()).isEqualTo("http://evil.example/");
        assertThat(address.oddities()).containsExactly(Oddity.INVISIBLE_CHARACTERS);
    }

    @Test
    void findsWhereARedirectorLeads() {
        assertThat(LinkAddress.parse("https://r.example/?u=https%3A%2F%2Fevil.example%2Fx%3Fy%3Dz&k=1")
                        .embedded())
                .extracting(LinkAddress::normal)
                .containsExactly("https://evil.example/x?y=z");
        assertThat(LinkAddress.parse("https://r.example/?u=https%253A%252F%252Fevil.example")
                        .embedded())
                .extracting(LinkAddress::host)
                .containsExactly("evil.example");
    }

    @Test
    void cutsWhatIsEndless() {
        assertThat(LinkAddress.parse("http://a.example/" + "x".repeat(100_000)).written())
                .hasSize(8192);
        assertThat(LinkAddress.parse("http://" + "a.".repeat(5000)).oddities()).contains(Oddity.BROKEN_HOST);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            see http://a.example/b. | http://a.example/b
            <http://a.example/b> and "https://c.example" | http://a.example/b https://c.example/
            (http://a.example/b_(c)) | http://a.example/b_(c)
            www.a.example, and WWW.B.EXAMPLE | http://www.a.example/ http://www.b.example/
            go to shop.example.com/x now | http://shop.example.com/x
            shop.example.com | http://shop.example.com/
            bob@shop.example.com wrote | ''
            hxxp://a.example.com and a[.]example.com | ''
            file.txt, e.g. this.And that... | ''
            seehttp://a.example | http://a.example/
            bücher.de | http://xn--bcher-kva.de/
            1.5 and 2.com? | http://2.com/
            a..com .com com. | ''
            xn--bcher-kva.com | http://xn--bcher-kva.com/
            evil.com. | http://evil.com/
            http:// and https://x | ''
            https://a.example:8443/x?y=z&a=b#f! | https://a.example:8443/x?y=z&a=b
            """)
    void findsLinksInText(String text, String links) {
        List<TextLink> found = LinkFinder.in(text, 100);
        assertThat(found.stream().map(link -> link.address().normal()).collect(Collectors.joining(" ")))
                .isEqualTo(links);
    }

    @Test
    void findsNoMoreThanItIsAskedFor() {
        assertThat(LinkFinder.in("http://a.example/ ".repeat(1000), 7)).hasSize(7);
    }
}
