// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.settings.Parameter;

/** The section {@code ldap} of {@code conf/accounts.yaml}. Immutable; its text form shows no password. */
public record LdapSettings(
        @Parameter(
                description = "directories, ldap:// or ldaps://, the first that answers is asked; empty: none",
                defaultsTo = "")
        List<String> urls,

        @Parameter(description = "whether ldap:// says StartTLS before anything else", defaultsTo = "true")
        boolean starttls,

        @Parameter(
                description = "PEM file of the authorities that directories are signed by; empty: those of Java",
                defaultsTo = "")
        String trustedCertificates,

        @Parameter(description = "whom the relay binds as to search; empty: anonymous", defaultsTo = "")
        String bindDn,

        @Parameter(description = "its password, from the environment: ${NAME}", defaultsTo = "")
        String password,

        @Parameter(description = "file whose first line is its password", defaultsTo = "")
        String passwordFile,

        @Parameter(description = "below which entry accounts are searched", defaultsTo = "")
        String base,

        @Parameter(
                description = "what an entry must fulfil to be an account",
                defaultsTo = "(objectClass=inetOrgPerson)")
        String filter,

        @Parameter(description = "the attribute with the name that users log in with", defaultsTo = "mail")
        String userAttribute,

        @Parameter(description = "the attribute with the account's addresses", defaultsTo = "mail")
        String mailAttribute,

        @Parameter(description = "attributes with further addresses of the account", defaultsTo = "")
        Set<String> aliasAttributes,

        @Parameter(
                description = "domains all of whose recipients are in the directory or here; others are refused",
                defaultsTo = "")
        Set<DomainPattern> recipientDomains,

        @Parameter(description = "how long one answer of a directory is waited for", defaultsTo = "3s")
        Duration timeout,

        @Parameter(description = "connections to search with, and as many to log in with", defaultsTo = "8")
        int connections,

        @Parameter(description = "how long an entry that was found is remembered", defaultsTo = "5m")
        Duration keepFound,

        @Parameter(description = "how long it is remembered that there is no such entry", defaultsTo = "1m")
        Duration keepMissing) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final int MOST_CONNECTIONS = 100;

    public LdapSettings {
        for (String url : urls) {
            check(url, starttls);
        }
        if (!urls.isEmpty() && base.isEmpty()) {
            throw new IllegalArgumentException("'base' is missing");
        }
        if (!password.isEmpty() && !passwordFile.isEmpty()) {
            throw new IllegalArgumentException("'password' and 'passwordFile' exclude each other");
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("'connections' is not from 1 to " + MOST_CONNECTIONS);
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("'timeout' is not from 1ms to 1m");
        }
        try {
            Filter.create(filter);
        } catch (LDAPException wrong) {
            throw new IllegalArgumentException("'filter' is no LDAP filter: " + wrong.getMessage(), wrong);
        }
    }

    /** Whether a directory is asked at all. */
    public boolean isOn() {
        return !urls.isEmpty();
    }

    private static void check(String text, boolean starttls) {
        LDAPURL url = url(text);
        boolean encrypted = starttls || url.getScheme().equals("ldaps");
        if (!encrypted && !LOOPBACK.contains(url.getHost())) {
            throw new IllegalArgumentException("'urls' has '" + text
                    + "', which would carry passwords in the clear; take ldaps:// or starttls: true");
        }
    }

    static LDAPURL url(String text) {
        try {
            LDAPURL url = new LDAPURL(text);
            if (url.hostProvided() && Set.of("ldap", "ldaps").contains(url.getScheme())) {
                return url;
            }
        } catch (LDAPException wrong) {
            throw new IllegalArgumentException("'urls' has '" + text + "', which is no LDAP address", wrong);
        }
        throw new IllegalArgumentException("'urls' has '" + text + "', which is not ldap://HOST or ldaps://HOST");
    }

    @Override
    public String toString() {
        return "LdapSettings[" + String.join(", ", urls) + "]";
    }
}
