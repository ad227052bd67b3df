// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import java.time.Clock;
import java.util.Map;
import org.amrelay.mail.settings.SettingsReader;

/** Accounts of no directory, for tests of what has none. */
public final class NoLdap {
    private NoLdap() {}

    public static LdapAccounts accounts() {
        return LdapAccounts.unasked(settings(Map.of()), Clock.systemUTC());
    }

    static LdapSettings settings(Map<String, String> values) {
        return new SettingsReader(Map.of()).read(LdapSettings.class, values);
    }
}
