// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.authentication.identity.Identity;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.SettingsFile;
import org.amrelay.server.ldap.LdapSettings;
import org.amrelay.server.oidc.OidcSettings;

/**
 * What {@code conf/accounts.yaml} says about accounts. Immutable.
 *
 * @param grants identities in their text form, by account in lower case
 */
public record AccountRules(
        IdentitySettings identities,
        PasswordSettings passwords,
        BanSettings bans,
        ContainmentRules containment,
        OidcSettings oidc,
        LdapSettings ldap,
        List<LimitRule> limits,
        Map<String, Set<String>> grants) {
    private static final Set<String> SECTIONS =
            Set.of("identities", "passwords", "bans", "containment", "oidc", "ldap", "limits", "grants");

    /**
     * Reads the file of a home.
     *
     * @throws org.amrelay.server.home.StartRefused when something in it cannot be
     */
    public static AccountRules read(Home home, Map<String, String> environment) {
        return read(home.conf(), environment);
    }

    /**
     * Reads the file in a directory, which need not be in the default file system.
     *
     * @throws org.amrelay.server.home.StartRefused when something in it cannot be
     */
    public static AccountRules read(Path conf, Map<String, String> environment) {
        SettingsFile file = SettingsFile.read(conf.resolve("accounts.yaml"), SECTIONS, environment);
        return new AccountRules(
                file.section("identities", IdentitySettings.class),
                file.section("passwords", PasswordSettings.class),
                file.section("bans", BanSettings.class),
                file.section("containment", ContainmentRules.class),
                file.section("oidc", OidcSettings.class),
                file.section("ldap", LdapSettings.class),
                limits(file),
                grants(file));
    }

    /** Each by its name; the usual ones hold unless a line of the same name says otherwise, {@code none} takes one away. */
    private static List<LimitRule> limits(SettingsFile file) {
        Map<String, LimitRule> rules = new LinkedHashMap<>();
        LimitRule.USUAL.forEach(rule -> rules.put(rule.name(), rule));
        file.table("limits").forEach((name, text) -> {
            try {
                if (text.equals("none")) {
                    rules.remove(name);
                } else {
                    rules.put(name, LimitRule.parse(name, text));
                }
            } catch (IllegalArgumentException wrong) {
                throw file.refuse("limits", name, "is '" + text + "', which " + wrong.getMessage());
            }
        });
        return List.copyOf(rules.values());
    }

    private static Map<String, Set<String>> grants(SettingsFile file) {
        Map<String, Set<String>> grants = new LinkedHashMap<>();
        file.table("grants").forEach((account, list) -> {
            Set<String> identities = new LinkedHashSet<>();
            for (String text : list.split(",", -1)) {
                identities.add(Identity.parse(text)
                        .map(Identity::toString)
                        .orElseThrow(() -> file.refuse(
                                "grants", account, "has '" + text.strip() + "', which is no address and no @domain")));
            }
            grants.put(account.toLowerCase(Locale.ROOT), identities);
        });
        return grants;
    }
}
