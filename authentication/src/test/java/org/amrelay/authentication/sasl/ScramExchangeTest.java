// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramExchangeTest {
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String FIRST = "n,,n=user,r=" + CLIENT_NONCE;
    private static final TlsBinding BINDING = TlsBinding.of("certificate");

    private final List<ScramKeys> used = new ArrayList<>();

    private static ScramKeys keys(String password) {
        return ScramKeys.derive(password, SALT, 4096).orElseThrow();
    }

    private ScramExchange exchange(Optional<TlsBinding> binding, boolean plus, ScramKeys... keys) {
        Function<String, ScramAccount> accounts = name -> new ScramAccount(List.of(keys), used::add);
        return new ScramExchange(accounts, binding, plus, SERVER_NONCE);
    }

    private ScramExchange exchange() {
        return exchange(Optional.empty(), false, keys("pencil"));
    }

    /** RFC 7677 §3. */
    @Test
    void speaksTheExampleOfTheRfc() {
        ScramExchange exchange = exchange();
        assertThat(exchange.respond(FIRST))
                .isEqualTo(new SaslStep.Challenge(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0," + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        assertThat(exchange.respond("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
                .isEqualTo(new SaslStep.Challenge("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        assertThat(exchange.respond("")).isEqualTo(new SaslStep.Success("user"));
        assertThat(exchange.respond("")).isInstanceOf(SaslStep.Failure.class);
    }

    private SaslStep last(ScramExchange exchange, String first, String password, Optional<TlsBinding> binding) {
        SaslStep challenge = exchange.respond(first);
        assertThat(challenge).isInstanceOf(SaslStep.Challenge.class);
        return exchange.respond(
                ScramClient.finalMessage(first, ((SaslStep.Challenge) challenge).text(), password, binding));
    }

    @Test
    void refusesAWrongPassword() {
        assertThat(last(exchange(), FIRST, "Pencil", Optional.empty())).isInstanceOf(SaslStep.Failure.class);
        assertThat(used).isEmpty();
    }

    @Test
    void refusesEveryPasswordOfNobody() {
        ScramExchange exchange = exchange(Optional.empty(), false, ScramKeys.ofNobody(SALT, 4096));
        assertThat(last(exchange, FIRST, "", Optional.empty())).isInstanceOf(SaslStep.Failure.class);
    }

    @Test
    void triesEachPasswordOfAnAccountAndTellsWhichItWas() {
        ScramKeys other = keys("crayon");
        ScramExchange exchange = exchange(Optional.empty(), false, keys("pencil"), other);
        assertThat(last(exchange, FIRST, "crayon", Optional.empty())).isInstanceOf(SaslStep.Challenge.class);
        assertThat(used).containsExactly(other);
    }

    @Test
    void bindsToTheConnection() {
        String first = "p=tls-server-end-point,,n=user,r=" + CLIENT_NONCE;
        assertThat(last(exchange(Optional.of(BINDING), true, keys("pencil")), first, "pencil", Optional.of(BINDING)))
                .isInstanceOf(SaslStep.Challenge.class);
        assertThat(last(
                        exchange(Optional.of(BINDING), true, keys("pencil")),
                        first,
                        "pencil",
                        Optional.of(TlsBinding.of("the certificate of a man in the middle"))))
                .isInstanceOf(SaslStep.Failure.class);
    }

    @Test
    void noticesThatSomebodyTookThePlusFormAway() {
        String wouldBind = "y,,n=user,r=" + CLIENT_NONCE;
        assertThat(exchange(Optional.of(BINDING), false, keys("pencil")).respond(wouldBind))
                .isInstanceOf(SaslStep.Failure.class);
        assertThat(exchange(Optional.empty(), false, keys("pencil")).respond(wouldBind))
                .isInstanceOf(SaslStep.Challenge.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=user",
                "n,,r=x,n=user",
                "n,,n=,r=x",
                "n,,n=user,r=",
                "n,,n=us=er,r=x",
                "n,,n=us=2c,r=x",
                "n,,m=ext,n=user,r=x",
                "n,a=root,n=user,r=x",
                "n,user,n=user,r=x",
                "p=tls-unique,,n=user,r=x",
                "p=tls-server-end-point,,n=user,r=x",
                "q,,n=user,r=x",
                "n,,n=user,r=x\u00e9"
            })
    void refusesAMalformedOpening(String text) {
        assertThat(exchange().respond(text)).isInstanceOf(SaslStep.Failure.class);
    }

    @Test
    void decodesNames() {
        List<String> asked = new ArrayList<>();
        Function<String, ScramAccount> accounts = name -> {
            asked.add(name);
            return new ScramAccount(List.of(keys("pencil")), used::add);
        };
        new ScramExchange(accounts, Optional.empty(), false, SERVER_NONCE).respond("n,a=a=2Cb=3D,n=a=2Cb=3D,r=x");
        assertThat(asked).containsExactly("a,b=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=other,p=AAAA",
                "c=eSws,r=NONCE,p=AAAA",
                "c=biws,r=NONCE,p=!",
                "c=biws,r=NONCE,p="
            })
    void refusesAMalformedProof(String text) {
        ScramExchange exchange = exchange();
        exchange.respond(FIRST);
        assertThat(exchange.respond(text.replace("NONCE", CLIENT_NONCE + SERVER_NONCE)))
                .isInstanceOf(SaslStep.Failure.class);
    }

    @Property(seed = "1", tries = 300)
    void endsWithAFailureWhateverAStrangerSays(@ForAll String one, @ForAll String two) {
        ScramExchange exchange = exchange();
        exchange.respond(one);
        assertThat(exchange.respond(two)).isNotInstanceOf(SaslStep.Success.class);
        assertThat(exchange.respond("")).isNotInstanceOf(SaslStep.Success.class);
    }

    @Test
    void keepsKeysAsText() {
        ScramKeys keys = keys("pencil");
        assertThat(ScramKeys.parse(keys.toString())).hasValueSatisfying(read -> {
            assertThat(read).hasToString(keys.toString());
            assertThat(read.sharesSaltWith(keys)).isTrue();
        });
        assertThat(ScramKeys.parse("$scram-sha-256$i=0$AA$AA$AA")).isEmpty();
        assertThat(ScramKeys.parse("$scram-sha-256$i=4096$!$AA$AA")).isEmpty();
        assertThat(ScramKeys.parse("$pbkdf2-sha512$i=1$AA$AA")).isEmpty();
    }

    @Test
    void preparesPasswordsAsClientsDo() {
        assertThat(keys("\u2168 a\u00a0b\u00ad")).hasToString(keys("IX a b").toString());
        assertThat(ScramKeys.derive("a\u0007b", SALT, 4096)).isEmpty();
        assertThat(ScramKeys.derive("", SALT, 4096)).isEmpty();
    }
}
