// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class MailboxListFuzz {
    @Property(seed = "1", tries = 4000)
    void anyTextIsAListOrNot(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({'a', '@', '.', '<', '>', '"', '\\', '(', ')', ',', ';', ':', ' ', '\n'})
                    String text) {
        List<EmailAddress> read = MailboxList.parse(text).fold(found -> found, why -> List.of());
        assertThat(read).allSatisfy(address -> assertThat(address.domain()).isNotEmpty());
    }

    @Test
    void deepCommentsAndLongListsAreCheap() {
        MailboxList.parse("(".repeat(1 << 20));
        MailboxList.parse("\"\\".repeat(1 << 20));
        MailboxList.parse("a@b.example,".repeat(1 << 16));
    }
}
