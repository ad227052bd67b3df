// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import javax.mail.internet.AddressException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;

class StandInProperties {
    @Provide
    Arbitrary<EmailAddress> addresses() {
        Arbitrary<String> locals = Arbitraries.of(
                        "bob", "jörg", "用户", "=utf8=", "\"a ü\"", "😀", "=utf8=62.62", "a.b", "Ü")
                .list()
                .ofMinSize(1)
                .ofMaxSize(1)
                .map(parts -> String.join("", parts));
        Arbitrary<String> domains =
                Arbitraries.of("a.example", "xn--bcher-kva.example", "bücher.example", "例え.example");
        return net.jqwik.api.Combinators.combine(locals, domains).as(EmailAddress::new);
    }

    @Property(seed = "1")
    void bringsEveryAddressThroughJames(@ForAll("addresses") EmailAddress address) throws AddressException {
        MailAddress there = Addresses.toJames(address);
        assertThat(there.asString()).matches("\\p{ASCII}+");
        EmailAddress back = Addresses.of(new MailAddress(there.asString()));
        assertThat(back).isEqualTo(address);
        // James lower-cases names of users
        EmailAddress lower = Addresses.of(new MailAddress(there.asString().toLowerCase(Locale.ROOT)));
        assertThat(lower.localPart()).isEqualToIgnoringCase(address.localPart());
        assertThat(Addresses.toJames(back)).isEqualTo(there);
    }

    @Example
    void takesADomainThatWasPutInItsPlace() throws AddressException {
        MailAddress there = Addresses.toJames(EmailAddress.of("jörg@bücher.example"));
        MailAddress moved = new MailAddress(there.getLocalPart(), "other.example");
        assertThat(Addresses.of(moved)).hasToString("jörg@other.example");
    }

    @Example
    void readsNothingIntoWhatIsNoStandIn() throws AddressException {
        for (String text : new String[] {"=utf8=626f62@a.example", "=utf8=zz@a.example", "=utf8=1@a.example"}) {
            assertThat(Addresses.of(new MailAddress(text))).hasToString(text);
        }
    }
}
