// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
    @ParameterizedTest(name = "{0} looks like {1}")
    @CsvSource({
        "paypal, p\u0430yp\u0430l",
        "paypal, payp\u0430\u04cf",
        "PayPal, PayPaI",
        "google, g\u043e\u043egle",
        "microsoft, rnicrosoft",
        "apple, \uff41\uff50\uff50\uff4c\uff45",
        "bank, \ud835\udc1b\ud835\udc1a\ud835\udc27\ud835\udc24",
        "bank, b\u200ban\u00adk",
        "amazon, am\u0251zon"
    })
    void givesLookalikesOneSkeleton(String name, String lookalike) {
        assertThat(Folding.skeleton(lookalike)).isEqualTo(Folding.skeleton(name));
        assertThat(lookalike).isNotEqualTo(name);
    }

    @Test
    void keepsDifferentNamesApart() {
        assertThat(Folding.skeleton("bank")).isNotEqualTo(Folding.skeleton("band"));
        assertThat(Folding.skeleton("p4ypal")).isNotEqualTo(Folding.skeleton("paypal"));
    }

    @Test
    void readsALabels() {
        String cyrillic = "xn--80ak6aa92e.com";
        assertThat(Folding.domainSkeleton(cyrillic)).isEqualTo(Folding.domainSkeleton("apple.com"));
    }

    @Test
    void makesWordsPlain() {
        assertThat(Folding.plain("  \uff26ree\u00a0 \u2460 V\u200bi\u00ada\u2060gra\r\n\tNow "))
                .isEqualTo("free 1 viagra now");
        assertThat(Folding.plain("\u202eabc")).isEqualTo("abc");
        assertThat(Folding.plain("")).isEmpty();
    }

    @Test
    void seesMixedScripts() {
        assertThat(Folding.mixesScripts("p\u0430ypal")).isTrue();
        assertThat(Folding.mixesScripts("\u043f\u0440\u0438\u0432\u0435\u0442")).isFalse();
        assertThat(Folding.mixesScripts("paypal")).isFalse();
        assertThat(Folding.mixesScripts("caf\u00e9")).isFalse();
    }

    @Test
    void countsWhatNobodySees() {
        assertThat(Invisibles.count("a\u200bb\ufeff\udb40\udc41c")).isEqualTo(3);
        assertThat(Invisibles.count("a b\tc\r\n\u00e9")).isZero();
        assertThat(Invisibles.countDirections("gpj\u202eexe")).isOne();
    }
}
