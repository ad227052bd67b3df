// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveTypesTest {
    private static final SensitiveTypes TYPES = new SensitiveTypes();

    private static List<SensitiveMatch> find(String text) {
        return TYPES.find(text, TYPES.types());
    }

    private static List<String> names(String text) {
        return find(text).stream().map(SensitiveMatch::type).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uk-tax-reference|utr 5145475277",
                "uk-nhs-number|nhs 8558390754",
                "german-tax-id|steuer-id 61813094156",
                "french-social-security-number|nir 258110206994384",
                "french-tax-number|spi 2542559183163",
                "spanish-dni|dni X9005604T",
                "spanish-cif|cif G4270810G",
                "italian-vat-number|partita iva 30530850236",
                "dutch-citizen-number|bsn 865797328",
                "belgian-national-number|rijksregister 29111196570",
                "portuguese-tax-number|nif 487693019",
                "irish-pps-number|pps 6888441O",
                "swiss-social-security-number|ahv 7563203659176",
                "austrian-social-insurance-number|svnr 3730121203",
                "swedish-personal-number|personnummer 510520-6170",
                "norwegian-birth-number|fødselsnummer 03129467451",
                "finnish-personal-id|hetu 230652-3424",
                "icelandic-id|kennitala 2009698630",
                "polish-pesel|pesel 31052394320",
                "polish-nip|nip 1623690980",
                "czech-slovak-birth-number|rodné číslo 8909179741",
                "romanian-cnp|cnp 1640828881001",
                "bulgarian-egn|egn 5112182521",
                "greek-tax-number|afm 963369832",
                "greek-social-security-number|amka 13032386545",
                "croatian-oib|oib 41241541428",
                "yugoslav-citizen-number|emšo 2304959250584",
                "baltic-personal-code|isikukood 40110241712",
                "turkish-identity-number|kimlik 29898846576",
                "ukrainian-tax-number|рнокпп 3765017177",
                "russian-tax-number|инн 9723418646",
                "us-social-security-number|ssn 440928453",
                "us-taxpayer-number|itin 958884723",
                "us-routing-number|routing 021000021",
                "canadian-social-insurance-number|sin 629692823",
                "brazilian-cpf|cpf 53345912813",
                "brazilian-cnpj|cnpj 68296537837700",
                "mexican-curp|curp SEHM010520MJCBBJ37",
                "mexican-rfc|rfc FOMM3201279B4",
                "argentine-cuit|cuit 30413599241",
                "chilean-rut|rut 86890402K",
                "colombian-nit|nit 6099370792",
                "ecuadorian-id|cedula 0721733152",
                "australian-tax-file-number|tfn 052679925",
                "australian-business-number|abn 27859357798",
                "new-zealand-tax-number|ird 112323805",
                "indian-aadhaar|aadhaar 377326169412",
                "indian-pan|pan KCPAM3644L",
                "chinese-resident-id|身份证 110101197812156123",
                "korean-resident-number|rrn 6606052089321",
                "thai-id|thai id 5874972617211",
                "malaysian-id|mykad 040728143585",
                "israeli-id|israeli id 614931145",
                "south-african-id|id number 6807222542088",
                "us-employer-number|ein 013014353",
                "pakistani-id|cnic 1732904481562"
            })
    void findsANumberWithAWordBesideIt(String type, String text) {
        assertThat(TYPES.find(text, Set.of(type))).singleElement().satisfies(match -> {
            assertThat(match.confidence()).isEqualTo(85);
            assertThat(text.substring(match.offset())).hasSize(match.length());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "3782 822463 10005",
                "6011111111111117",
                "30569309025904",
                "3530111333300000",
                "6200000000000005",
                "4111\u00a01111\u00a01111\u00a01111",
                "4222222222222",
                "card=4111111111111111;",
                "pay 4111 1111 1111 1111 12/27 123"
            })
    void findsPaymentCards(String text) {
        assertThat(names(text)).contains("payment-card");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "1234567812345670",
                "4111 1111 1111 1111 1111",
                "0000000000000000",
                "550e8400-e29b-41d4-a716-446655440000",
                "https://shop.example/order/4111111111111111",
                "4.1111111111111111",
                "41 11 11 11 11 11 11 11",
                "x4111111111111111",
                "tracking 1Z999AA10123456784",
                "9400111899223197428490"
            })
    void takesNothingElseForAPaymentCard(String text) {
        assertThat(names(text)).doesNotContain("payment-card");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB82 WEST 1234 5698 7654 32",
                "DE89370400440532013000",
                "DE89 3704 0044 0532 0130 00",
                "FR14 2004 1010 0505 0001 3M02 606",
                "nl91abna0417164300",
                "NO93 8601 1117 947",
                "IBAN:CH9300762011623852957"
            })
    void findsAccountNumbers(String text) {
        assertThat(names(text)).containsExactly("iban");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DE88370400440532013000", "XX89370400440532013000", "DE8937040044053201300", "GB82 WEST 1234"})
    void takesNothingElseForAnAccountNumber(String text) {
        assertThat(names(text)).doesNotContain("iban");
    }

    @ParameterizedTest
    @CsvSource({
        "SSN 536-90-4399, 85",
        "536-90-4399, 75",
        "536 90 4399, 75",
        "social security 536904399, 85",
        "536904399, 0",
        "000-12-3456, 0",
        "666-12-3456, 0",
        "912-34-5678, 0",
        "536-00-4399, 0",
        "SSN 123-45-6789, 0",
        "1-536-90-4399, 0",
        "536-90-4399-1, 0",
        "7 536 90 4399, 0"
    })
    void isAsSureOfASocialSecurityNumberAsItsFormAndItsNeighboursLetIt(String text, int confidence) {
        List<SensitiveMatch> found = TYPES.find(text, Set.of("us-social-security-number"));
        assertThat(found.isEmpty() ? 0 : found.get(0).confidence()).isEqualTo(confidence);
    }

    @Test
    void wantsTheWordNear() {
        String number = "123456782";
        assertThat(TYPES.find("BSN" + " ".repeat(280) + number, Set.of("dutch-citizen-number")))
                .hasSize(1);
        assertThat(TYPES.find("BSN" + " ".repeat(400) + number, Set.of("dutch-citizen-number")))
                .isEmpty();
        assertThat(TYPES.find(number + " is my BSN", Set.of("dutch-citizen-number")))
                .hasSize(1);
        assertThat(TYPES.find("BSNX " + number, Set.of("dutch-citizen-number"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-access-key|AKIAIOSFODNN7EXAMPLE",
                "aws-secret-key|aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "github-token|token: ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "slack-token|xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
                "google-api-key|AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
                "stripe-key|sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "private-key|-----BEGIN RSA PRIVATE KEY-----",
                "private-key|-----BEGIN OPENSSH PRIVATE KEY-----",
                "private-key|-----BEGIN PGP PRIVATE KEY BLOCK-----",
                "json-web-token|eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "connection-string|postgres://admin:s3cr3tPw@db.example.com:5432/app",
                "password|Your password is: Tr0ub4dor&3",
                "password|Passwort: Sommer2026!",
                "password|pwd=Xk29-fe7Q;",
                "password|mot de passe : Hiver#2026",
                "bitcoin-address|1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "bitcoin-address|bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                "ethereum-address|0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "crypto-private-key|5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
                "phone-number|call me at +49 30 901820",
                "phone-number|+1 (650) 253-0000",
                "date-of-birth|Date of birth: 12/04/1981",
                "date-of-birth|Geburtsdatum: 12.04.1981",
                "passport-number|Passport No. C01X00T47",
                "machine-readable-travel-document|L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                "swift-bic|BIC: DEUTDEFF500",
                "swift-bic|SWIFT code COBADEFF",
                "uk-national-insurance-number|AB 12 34 56 C",
                "indian-pan|ABCPE1234F",
                "hong-kong-id|A123456(3)",
                "singaporean-nric|S1234567D",
                "danish-cpr-number|211062-5629"
            })
    void findsSecretsAndOtherForms(String type, String text) {
        assertThat(names(text)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The password is required.",
                "password: please choose a new one",
                "Forgot your password? Click here.",
                "pwd=${DB_PASSWORD}",
                "postgres://user:password@localhost/db",
                "https://example.com:8443/path",
                "sk-",
                "AKIA1234",
                "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "-----BEGIN PUBLIC KEY-----",
                "eyJhbGciOiJIUzI1NiJ9",
                "PASSPORT",
                "your order 123456789 of 2026-11-25",
                "The meeting is at 10:30 on 2026-11-25 in room 4.11",
                "version 1.2.3-4567",
                "+1 234",
                "commit " + "9fceb02d0ae598e95dc970b74767f19372d61af8"
            })
    void findsNothingInWhatOnlyLooksAlike(String text) {
        assertThat(find(text)).isEmpty();
    }

    @Test
    void tellsOfThePlaceAndMasksTheValue() {
        String text = "My card: 4111 1111 1111 1111, thanks";
        assertThat(find(text)).containsExactly(new SensitiveMatch("payment-card", 9, 19, 85, "**** **** **** 1111"));
    }

    @Test
    void keepsTheSurestOfWhatOverlaps() {
        assertThat(names("IBAN DE89 3704 0044 0532 0130 00")).containsExactly("iban");
        assertThat(names("PESEL 44051401359")).containsExactly("polish-pesel");
    }

    @Test
    void findsOnlyTheTypesThatAreAskedFor() {
        assertThat(TYPES.find("4111111111111111 and DE89370400440532013000", Set.of("iban")))
                .extracting(SensitiveMatch::type)
                .containsExactly("iban");
        assertThat(TYPES.find("4111111111111111", Set.of("no-such-type"))).isEmpty();
    }

    @Property(seed = "1", tries = 300)
    void aWrongDigitIsNoCard(@ForAll @IntRange(min = 1, max = 15) int at, @ForAll @IntRange(min = 1, max = 9) int by) {
        char[] digits = "4539578763621486".toCharArray();
        digits[at] = (char) ('0' + (digits[at] - '0' + by) % 10);
        assertThat(names(new String(digits))).doesNotContain("payment-card");
    }

    @Property(seed = "1", tries = 500)
    void neverFailsAndNeverShowsMoreThanFourSigns(@ForAll String text) {
        for (SensitiveMatch match : find("password: " + text + " 4111 1111 1111 1111 " + text)) {
            String shown = match.masked().replaceAll(".*\\*", "");
            assertThat(shown.chars().filter(Character::isLetterOrDigit).count()).isLessThanOrEqualTo(4);
        }
    }

    @Example
    void everyTypeHasAName() {
        assertThat(TYPES.types()).hasSizeGreaterThan(110).allMatch(name -> name.matches("[a-z][a-z0-9-]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 ", "12-", "4111 ", "a1.", "password:", "+49", "0x", "<", "eyJ.", "://a:b@", "AKIA"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void takesLongTextsOfOneKindInItsStride(String piece) {
        assertThat(find(piece.repeat(300_000 / piece.length()))).hasSizeLessThan(10_000);
    }
}
