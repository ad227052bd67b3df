// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds addresses inside of an address, plain or percent-encoded up to three times. Stateless. */
final class EmbeddedAddresses {
    private static final int MOST = 8;
    private static final int DEEPEST = 3;

    private EmbeddedAddresses() {}

    static boolean isIn(String pathAndMore) {
        String text = pathAndMore;
        for (int i = 0; i < DEEPEST; i++) {
            if (start(text.toLowerCase(Locale.ROOT), 0) >= 0) {
                return true;
            }
            String decoded = Percent.decode(text);
            if (decoded.equals(text)) {
                return false;
            }
            text = decoded;
        }
        return start(text.toLowerCase(Locale.ROOT), 0) >= 0;
    }

    static List<LinkAddress> of(LinkAddress outer) {
        String text = outer.path() + '?' + outer.query() + '#' + outer.fragment();
        List<LinkAddress> found = new ArrayList<>();
        for (int i = 0; i <= DEEPEST && found.isEmpty(); i++) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (int at = start(lower, 0); at >= 0 && found.size() < MOST; at = start(lower, at + 7)) {
                int end = text.indexOf('&', at);
                found.add(LinkAddress.parse(Percent.decode(text.substring(at, end < 0 ? text.length() : end))));
            }
            text = Percent.decode(text);
        }
        return List.copyOf(found);
    }

    private static int start(String lower, int from) {
        int plain = lower.indexOf("http:", from);
        int secure = lower.indexOf("https:", from);
        return plain < 0 ? secure : secure < 0 ? plain : Math.min(plain, secure);
    }
}
