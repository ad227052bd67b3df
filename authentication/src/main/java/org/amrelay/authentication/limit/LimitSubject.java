// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.net.InetAddress;
import java.util.Locale;

/**
 * Who sends.
 *
 * @param account in lower case
 */
public record LimitSubject(String account, InetAddress client) {
    public LimitSubject {
        account = account.toLowerCase(Locale.ROOT);
    }

    String in(LimitScope scope) {
        return switch (scope) {
            case ACCOUNT -> account;
            case ADDRESS -> ClientNetwork.of(client).toString();
            case NETWORK -> ClientNetwork.around(client).toString();
            case DOMAIN -> account.substring(account.lastIndexOf('@') + 1);
        };
    }
}
