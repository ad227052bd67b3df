// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.cases.Mails;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        // RFC 6376 §3.4.2, §3.4.5; ~ is CRLF, _ a space, > a tab
        "'A:_X', 'a:X'",
        "'B_:_Y>~>Z__', 'b:Y_Z'",
        "'SUBJECT:__a__b_', 'subject:a_b'",
        "'A:', 'a:'",
        "'A:_~_~_', 'a:'",
        "'A:~_x', 'a:x'",
    })
    void relaxesFields(String raw, String canonical) {
        assertThat(Canonicalization.RELAXED.header(text(raw))).isEqualTo(text(canonical));
        assertThat(Canonicalization.SIMPLE.header(text(raw))).isEqualTo(text(raw));
    }

    @ParameterizedTest(name = "{0} becomes {1} or {2}")
    @CsvSource({
        // RFC 6376 §3.4.3-§3.4.5; ~ is CRLF, _ a space, > a tab
        "'_C_~D_>_E~~~', '_C_~D_>_E~', '_C~D_E~'",
        "'', '~', ''",
        "'~~~', '~', ''",
        "'_~_~', '_~_~', ''",
        "'x', 'x~', 'x~'",
        "'x~', 'x~', 'x~'",
        "'~x_', '~x_~', '~x~'",
        "'x\r', 'x\r~', 'x\r~'",
        "'x_\r_y\n~', 'x_\r_y\n~', 'x_\r_y\n~'",
        "'\r\r\n', '\r~', '\r~'",
        "'_>_', '_>_~', ''",
    })
    void canonicalizesBodies(String body, String simple, String relaxed) throws Exception {
        assertThat(hash(Canonicalization.SIMPLE, text(body))).isEqualTo(sha256(text(simple)));
        assertThat(hash(Canonicalization.RELAXED, text(body))).isEqualTo(sha256(text(relaxed)));
    }

    @Property(seed = "1", tries = 500)
    void doesNotDependOnWhereReadsAreCut(@ForAll @StringLength(max = 40) @Chars({'\r', '\n', ' ', 'x'}) String body)
            throws Exception {
        for (Canonicalization form : Canonicalization.values()) {
            BodyHasher hasher = new BodyHasher(form, Long.MAX_VALUE);
            for (byte b : body.getBytes(StandardCharsets.ISO_8859_1)) {
                hasher.update(new byte[] {b}, 1);
            }
            BodyHasher.read(Mails.raw(""), 0, List.of(hasher));
            assertThat(hasher.hash()).isEqualTo(hash(form, body));
        }
    }

    @Property(seed = "1", tries = 500)
    void changesWhatIsCanonicalNoMore(@ForAll @StringLength(max = 40) @Chars({'\r', '\n', ' ', 'x', ':'}) String text) {
        String once = Canonicalization.RELAXED.header("A:" + text);
        assertThat(Canonicalization.RELAXED.header(once)).isEqualTo(once);
    }

    private static String text(String written) {
        return written.replace("~", "\r\n").replace('_', ' ').replace('>', '\t');
    }

    private static byte[] hash(Canonicalization form, String body) throws Exception {
        BodyHasher hasher = new BodyHasher(form, Long.MAX_VALUE);
        BodyHasher.read(Mails.raw(body), 0, List.of(hasher));
        return hasher.hash();
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
