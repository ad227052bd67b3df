// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out ids from one sequence; what belongs to an owner has the owner's id times 2^20 plus a number. */
final class Ids {
    private static final int NUMBER_BITS = 20;
    /** So many recipients or bodies may belong to one mail. */
    static final int MOST_NUMBERS = 1 << NUMBER_BITS;

    private final AtomicLong last;

    private Ids(long last) {
        this.last = new AtomicLong(last);
    }

    static Ids after(Statements tables) throws SQLException {
        return new Ids(tables.number("""
                SELECT max(ifnull((SELECT max(id) FROM mail), 0), ifnull((SELECT max(id) FROM spool_item), 0),
                           ifnull((SELECT max(id) FROM delivery), 0), ifnull((SELECT max(id) FROM repository_mail), 0),
                           ifnull((SELECT max(id) FROM repository), 0),
                           ifnull((SELECT max(id) FROM operator_order), 0),
                           ifnull((SELECT max(id) FROM quarantine_item), 0),
                           ifnull((SELECT max(delivery_id) FROM (SELECT delivery_id FROM recipient ORDER BY id DESC LIMIT 10000)), 0),
                           ifnull((SELECT max(id) >> 20 FROM content), 0))"""));
    }

    long next() {
        return last.incrementAndGet();
    }

    static long of(long owner, int number) {
        if (number < 0 || number >= MOST_NUMBERS) {
            throw new IllegalStateException("a mail has at most " + MOST_NUMBERS + " recipients");
        }
        return (owner << NUMBER_BITS) | number;
    }

    static long owner(long id) {
        return id >> NUMBER_BITS;
    }

    static int number(long id) {
        return (int) (id & (MOST_NUMBERS - 1));
    }

    /** The first id that belongs to the next owner. */
    static long end(long owner) {
        return (owner + 1) << NUMBER_BITS;
    }
}
