// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.EnumSet;
import java.util.Set;
import org.amrelay.mail.envelope.Notify;

/** NOTIFY as a number: 1 never, 2 success, 4 failure, 8 delay; 0 when the sender said nothing. */
final class NotifyBits {
    private NotifyBits() {}

    static int of(Set<Notify> notify) {
        int bits = 0;
        for (Notify kind : notify) {
            bits |= bit(kind);
        }
        return bits;
    }

    static Set<Notify> read(int bits) {
        Set<Notify> notify = EnumSet.noneOf(Notify.class);
        for (Notify kind : Notify.values()) {
            if ((bits & bit(kind)) != 0) {
                notify.add(kind);
            }
        }
        return notify;
    }

    private static int bit(Notify kind) {
        return switch (kind) {
            case NEVER -> 1;
            case SUCCESS -> 2;
            case FAILURE -> 4;
            case DELAY -> 8;
        };
    }
}
