// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;

class SensitiveProperties {
    private static final SensitiveTypes TYPES = new SensitiveTypes(SensitiveSettings.standard());
    private static final int TEN_MILLION = 10_000_000;
    private static final int LONG_ENOUGH = 300_000;
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    /** Luhn's digit, computed in another way than in the code: by the sum over the tables of doubled digits. */
    private static int luhnDigit(String body) {
        int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
        int sum = 0;
        boolean twice = true;
        for (int i = body.length() - 1; i >= 0; i--, twice = !twice) {
            int d = body.charAt(i) - '0';
            sum += twice ? doubled[d] : d;
        }
        return sum * 9 % 10;
    }

    @Property(seed = "1", tries = 500)
    void findsEachVisaCardAndNoneWithAWrongDigit(
            @ForAll @LongRange(min = 400_000_000_000_000L, max = 499_999_999_999_999L) long body,
            @ForAll @LongRange(min = 1, max = 9) long wrong) {
        String digits = Long.toString(body);
        int check = luhnDigit(digits);
        assertThat(TYPES.find("x " + digits + check + " x", Set.of("credit-card")))
                .hasSize(1);
        assertThat(TYPES.find("x " + digits + (check + wrong) % 10 + " x", Set.of("credit-card")))
                .isEmpty();
    }

    @Property(seed = "2", tries = 500)
    void findsEachIbanAndNoneWithAWrongCheck(
            @ForAll @LongRange(min = 100_000_000_000_000_000L, max = 999_999_999_999_999_999L) long account) {
        // DE is 1314: the remainder by big numbers instead of digit by digit
        int check = 98
                - new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
        String right = String.format("DE%02d%d", check, account);
        String wrong = String.format("DE%02d%d", check == 2 ? 98 : check - 1, account);
        assertThat(TYPES.find(right, Set.of("iban"))).hasSize(1);
        assertThat(TYPES.find(wrong, Set.of("iban"))).isEmpty();
    }

    @Example
    void randomDigitsAreRarelySomething() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        int numbers = 50_000;
        for (int i = 0; i < numbers; i++) {
            int length = 7 + random.nextInt(12);
            for (int d = 0; d < length; d++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            text.append(i % 7 == 0 ? "\n" : " and ");
        }
        List<SensitiveMatch> found = new SensitiveTypes(SensitiveSettings.read("most-finds: 100000", Map.of()))
                .find(text.toString(), TYPES.types());
        assertThat(found)
                .extracting(SensitiveMatch::type)
                .containsAnyOf("credit-card")
                .doesNotContain("us-ssn", "nl-bsn", "pl-pesel", "ca-sin");
        assertThat(found.size()).as("finds in %s random numbers", numbers).isLessThan(numbers / 100);
    }

    @Property(seed = "3", tries = 1000)
    void neverFailsAndNeverShowsAValue(
            @ForAll @StringLength(max = 300) @CharRange(from = ' ', to = '~') @CharRange(from = '\u00A0', to = '\u0400')
                    String text) {
        for (SensitiveMatch match :
                TYPES.find("password: " + text + " IBAN DE89370400440532013000 " + text, TYPES.types())) {
            assertThat(match.masked().chars().filter(Character::isLetterOrDigit).count())
                    .isLessThanOrEqualTo(4);
            assertThat(match.confidence()).isBetween(1, 100);
        }
    }

    @Example
    void hostileTextsTakeLinearTime() {
        for (String unit : List.of(
                "1",
                "1 ",
                "4111 ",
                "4111-",
                "a@",
                "password:",
                "ssn ",
                "eyJ",
                "eyJa.",
                "AKIA",
                "://a:",
                "-----BEGIN ",
                "0x",
                "+1",
                "\n",
                "DE89 ",
                "536-90-4399 ",
                "<",
                "bc1q",
                "born 1.1.",
                "PRIVATE KEY",
                "11111111-")) {
            String text = unit.repeat(LONG_ENOUGH / unit.length());
            Assertions.assertTimeoutPreemptively(GENEROUS, () -> TYPES.find(text, TYPES.types()), unit);
        }
    }

    @Example
    void tenMillionDigitsTakeLinearTime() {
        String text = "1234567890".repeat(TEN_MILLION / 10);
        Assertions.assertTimeoutPreemptively(
                GENEROUS, () -> assertThat(TYPES.find(text, TYPES.types())).isEmpty());
    }
}
