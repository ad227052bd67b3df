// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.mail.address.EmailAddress;

/**
 * All suppressed addresses in 17 bytes each, so that RCPT asks no database: hash, end, reason.
 *
 * <p>An open-addressed table. 64 bits of SHA-256 stand for account and address: two addresses that share them cannot be
 * found on purpose and will not be met by chance. An entry that is removed stays as an ended one until the table grows.
 * Safe for several threads.
 */
final class SuppressionIndex {
    private static final String ALL = "SELECT account, address, reason, until FROM suppression";
    private static final int SMALLEST = 1 << 10;
    private static final long ENDED = Long.MIN_VALUE;
    private static final SuppressionReason[] REASONS = SuppressionReason.values();

    private long[] hashes = new long[SMALLEST];
    private long[] until = new long[SMALLEST];
    private byte[] reasons = new byte[SMALLEST];
    private int used;

    /** With all entries of a database. */
    static SuppressionIndex read(Statements tables) throws SQLException {
        SuppressionIndex index = new SuppressionIndex();
        tables.each(ALL, row -> {
            long until = row.getLong(4);
            long end = row.wasNull() ? Long.MAX_VALUE : until;
            index.put(row.getString(1), row.getString(2), reason(row.getString(3)), end);
        });
        return index;
    }

    /** A reason that only a newer version knows is somebody's wish. */
    static SuppressionReason reason(String word) {
        return SuppressionReason.ofWord(word).orElse(SuppressionReason.MANUAL);
    }

    /** By an entry of the account, or by one for all. */
    Optional<SuppressionReason> find(Optional<String> account, EmailAddress address, Instant now) {
        String key = Suppression.key(address).toString();
        long millis = now.toEpochMilli();
        return account.flatMap(name -> find(name.toLowerCase(Locale.ROOT), key, millis))
                .or(() -> find("", key, millis));
    }

    private static long hash(String account, String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((account + '\0' + address).getBytes(StandardCharsets.UTF_8));
            long hash = ByteBuffer.wrap(digest).getLong();
            // 0 marks a free place
            return hash == 0 ? 1 : hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** @param endMillis {@link Long#MAX_VALUE} for ever */
    void put(String account, String address, SuppressionReason reason, long endMillis) {
        put(hash(account, address), (byte) reason.ordinal(), endMillis);
    }

    private synchronized void put(long hash, byte reason, long endMillis) {
        if (used * 2 >= hashes.length) {
            grow();
        }
        int place = place(hash);
        used += hashes[place] == 0 ? 1 : 0;
        hashes[place] = hash;
        until[place] = endMillis;
        reasons[place] = reason;
    }

    void remove(String account, String address) {
        long hash = hash(account, address);
        synchronized (this) {
            int place = place(hash);
            if (hashes[place] == hash) {
                until[place] = ENDED;
            }
        }
    }

    Optional<SuppressionReason> find(String account, String address, long nowMillis) {
        long hash = hash(account, address);
        synchronized (this) {
            int place = place(hash);
            return hashes[place] == hash && until[place] > nowMillis
                    ? Optional.of(REASONS[reasons[place]])
                    : Optional.empty();
        }
    }

    /** Where the hash is, or the free place where it belongs. */
    private int place(long hash) {
        int mask = hashes.length - 1;
        int place = (int) (hash >>> 32) & mask;
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldUntil = until;
        byte[] oldReasons = reasons;
        hashes = new long[oldHashes.length * 2];
        until = new long[oldHashes.length * 2];
        reasons = new byte[oldHashes.length * 2];
        used = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0 && oldUntil[i] != ENDED) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                until[place] = oldUntil[i];
                reasons[place] = oldReasons[i];
                used++;
            }
        }
    }
}
