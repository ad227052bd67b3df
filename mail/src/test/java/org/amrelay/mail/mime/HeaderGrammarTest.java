// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderGrammarTest {
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            plain text | plain text | true
            =?utf-8?Q?a_b?= | a b | true
            =?utf-8?q?a?= =?utf-8?q?b?= | ab | true
            =?utf-8?q?a?= b =?utf-8?q?c?= | a b c | true
            =?utf-8?B?w6k=?= | é | true
            =?utf-8?B?w6?= | Ã | false
            =?utf-8?B?w?= =?utf-8?B?6k=?= | ê | false
            =?utf-8?Q?=C3?= =?utf-8?Q?=A9?= | é | true
            =?utf-8*en?Q?a?= | a | true
            =?utf-8?Q?a b?= | a b | true
            "=?utf-8?Q?a?=" | "a" | true
            x=?utf-8?Q?a?=y | xay | true
            =?utf-8?Q?a | =?utf-8?Q?a | false
            =?utf-8?X?a?= | =?utf-8?X?a?= | true
            =?x-none?Q?=C3=A9?= | é | false
            =?iso-8859-1?Q?=E9?= | é | true
            =?utf-8?Q?=4?= | =4 | false
            =?utf-8?Q??= | '' | true
            =?us-ascii?Q?a?= =?utf-8?Q?=C3=A9?= | aé | true
            =?=?=?=? | =?=?=?=? | true
            """)
    void decodesEncodedWords(String body, String text, boolean intact) {
        HeaderText read = HeaderDecoder.decode(body);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.isIntact()).isEqualTo(intact);
    }

    @Test
    void unfolds() {
        assertThat(HeaderDecoder.decode(" a\r\n b\r\n\tc").text()).isEqualTo("a b\tc");
        assertThat(HeaderDecoder.decode("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?=").text())
                .isEqualTo("ab");
    }

    @Test
    void readsEightBitsAsUtf8OrGuesses() {
        HeaderText utf8 = HeaderDecoder.decode("\u00c3\u00a9");
        assertThat(utf8.text()).isEqualTo("\u00e9");
        assertThat(utf8.isDeclared()).isTrue();
        HeaderText latin = HeaderDecoder.decode("\u00e9t\u00e9");
        assertThat(latin.text()).isEqualTo("\u00e9t\u00e9");
        assertThat(latin.isDeclared()).isFalse();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            a@b.c | <a@b.c>
            Ann <a@b.c> | Ann<a@b.c>
            "Ann, B." <a@b.c>, x@y.z | Ann, B.<a@b.c> <x@y.z>
            a@b.c (Ann (old)) | Ann (old)<a@b.c>
            =?utf-8?Q?=C3=A9?= <a@b.c> | é<a@b.c>
            "=?utf-8?Q?=C3=A9?=" <a@b.c> | é<a@b.c>
            Group: a@b.c, d@e.f; | <a@b.c> <d@e.f>
            undisclosed-recipients:; | ''
            Ann <@r.s,@t.u:a@b.c> | Ann<a@b.c>
            < a @ b.c > | <a@b.c>
            "a b"@c.d | <"a b"@c.d>
            Ann a@b.c | Ann<a@b.c>
            a@b.c; d@e.f | <a@b.c> <d@e.f>
            "a@bank.example" <x@evil.example> | a@bank.example<x@evil.example>
            <a@b.c> <d@e.f> | <a@b.c> <d@e.f>
            "Ann <a@b.c> | "Ann<a@b.c>
            Ann < a@b.c | Ann <<a@b.c>
            not an address | <not an address>
            ,,, | ''
            '' | ''
            """)
    void findsAddresses(String body, String addresses) {
        String found = Mailbox.parse(body).stream()
                .map(mailbox -> mailbox.name() + '<' + mailbox.address() + '>')
                .collect(Collectors.joining(" "));
        assertThat(found).isEqualTo(addresses);
    }

    @Test
    void knowsTheDomainInAsciiOnly() {
        assertThat(Mailbox.parse("a@B\u00fccher.example").get(0).domain()).isEqualTo("xn--bcher-kva.example");
        assertThat(Mailbox.parse("nobody").get(0).domain()).isEmpty();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            Wed, 25 Nov 2026 07:00:01 +0100 | 2026-11-25T06:00:01Z
            25 Nov 2026 07:00 GMT | 2026-11-25T07:00:00Z
            Wed Nov 25 07:00:01 2026 | 2026-11-25T07:00:01Z
            Wed, 25 Nov 26 07:00:01 EST | 2026-11-25T12:00:01Z
            Wed, 25 Nov 2026 07:00:01 -0330 (some zone) | 2026-11-25T10:30:01Z
            Wed,25 Nov 2026 07:00:60 +0000 | 2026-11-25T07:00:59Z
            2026-11-25T07:00:01Z | 2026-11-25T07:00:01Z
            2026-11-25T07:00:01+01:00 | 2026-11-25T06:00:01Z
            2026-11-25 07:00:01 | 2026-11-25T07:00:01Z
            25-Nov-2026 07:00:01 | 2026-11-25T07:00:01Z
            Wed, 25 November 2026 7:00:01 PM | 2026-11-25T19:00:01Z
            Thu, 1 Jan 1970 00:00:00 +0000 | 1970-01-01T00:00:00Z
            """)
    void readsDates(String body, Instant at) {
        assertThat(MailDate.parse(body)).contains(at);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''
            yesterday
            99 Nov 2026 07:00:00
            31 Feb 2026 07:00:00
            25 Nov 2026 77:00:00
            + - : / , ;
            """)
    void readsNoDateWhereNoneIs(String body) {
        assertThat(MailDate.parse(body)).isEmpty();
    }

    @Test
    void readsHops() {
        ReceivedHop hop = ReceivedHop.parse(
                " from helo.example (rdns.example [192.0.2.7])\r\n\tby mx.example (8.1) with esmtps id abc"
                        + "\r\n\tfor <bob@b.example>; Wed, 25 Nov 2026 07:00:01 +0000");
        assertThat(hop.from()).isEqualTo("helo.example");
        assertThat(hop.comment()).isEqualTo("rdns.example [192.0.2.7]");
        assertThat(hop.ip())
                .hasValueSatisfying(ip -> assertThat(ip.getHostAddress()).isEqualTo("192.0.2.7"));
        assertThat(hop.by()).isEqualTo("mx.example");
        assertThat(hop.with()).isEqualTo("ESMTPS");
        assertThat(hop.id()).isEqualTo("abc");
        assertThat(hop.recipient()).isEqualTo("bob@b.example");
        assertThat(hop.date()).contains(Instant.parse("2026-11-25T07:00:01Z"));
        assertThat(ReceivedHop.parse("from [IPv6:2001:db8::1] by x").ip())
                .hasValueSatisfying(ip -> assertThat(ip.getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1"));
        assertThat(ReceivedHop.parse("(((").from()).isEmpty();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            text/html | text/html | true
            TEXT / HTML | text/html | true
            text/html; | text/html | true
            text/html charset=x | text/html | true
            text (comment)/html | text/html | true
            text | text/plain | false
            text/ | text/plain | false
            text/html/x | text/plain | false
            '' | text/plain | false
            multipart | multipart/mixed | false
            multipart/ | multipart/mixed | false
            """)
    void readsMediaTypes(String body, String essence, boolean intact) {
        MediaType type = MediaType.parse(body);
        assertThat(type.essence()).isEqualTo(essence);
        assertThat(type.isIntact()).isEqualTo(intact);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            255044462d312e37 | application/pdf
            504b0304140000 | application/zip
            d0cf11e0a1b11ae1 | application/x-ole-storage
            789f3e220000 | application/ms-tnef
            4d5a9000030000000400 | application/vnd.microsoft.portable-executable
            3c68746d6c3e | text/html
            efbbbf3c21444f43545950452068746d6c3e | text/html
            3c3f786d6c3e3c73766720 | image/svg+xml
            68656c6c6f | text/plain
            4d5a2069732061206e616d65 | text/plain
            fffe3c00680074006d006c00 | text/html
            00010203 | application/octet-stream
            '' | text/plain
            """)
    void knowsTypesByTheirFirstBytes(String hex, String type) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(TrueType.of(bytes, bytes.length)).isEqualTo(type);
    }
}
