// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Directories behind two pools: one bound as the relay that searches, one that is bound anew with each log-in.
 *
 * <p>Filters are built from parts, so that nothing in a name or an address is syntax (RFC 4515 §3). Each wait is bounded by
 * the settings' time-out, and a failed operation is tried once more on a new connection. Safe for several threads.
 */
final class LdapDirectory implements Directory {
    private static final int MOST_ENTRIES = 2;
    private static final Set<ResultCode> WRONG =
            Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.NO_SUCH_OBJECT, ResultCode.INAPPROPRIATE_AUTHENTICATION);

    private final LdapSettings settings;
    private final Filter accounts;
    private final LDAPConnectionPool searches;
    private final LDAPConnectionPool logIns;

    LdapDirectory(LdapSettings settings) throws IOException {
        this.settings = settings;
        try {
            this.accounts = Filter.create(settings.filter());
            BindRequest searcher = LdapConnections.searcher(settings);
            this.searches = LdapConnections.open(settings, searcher);
            this.logIns = LdapConnections.open(settings, searcher);
        } catch (LDAPException | GeneralSecurityException wrong) {
            throw new IOException("the directory cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    @Override
    public List<Person> named(String name) throws IOException {
        return find(Filter.createEqualityFilter(settings.userAttribute(), name));
    }

    @Override
    public List<Person> owning(String address) throws IOException {
        return find(Filter.createORFilter(addressAttributes()
                .map(attribute -> Filter.createEqualityFilter(attribute, address))
                .toList()));
    }

    private Stream<String> addressAttributes() {
        return Stream.concat(Stream.of(settings.mailAttribute()), settings.aliasAttributes().stream());
    }

    private List<Person> find(Filter which) throws IOException {
        String[] wanted = Stream.concat(Stream.of(settings.userAttribute()), addressAttributes())
                .distinct()
                .toArray(String[]::new);
        SearchRequest request = new SearchRequest(
                settings.base(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                MOST_ENTRIES,
                (int) Math.max(1, settings.timeout().toSeconds()),
                false,
                Filter.createANDFilter(accounts, which),
                wanted);
        try {
            return persons(searches.search(request).getSearchEntries());
        } catch (LDAPSearchException failed) {
            // More than two is as good as two: the answer is in the exception
            if (failed.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return persons(Optional.ofNullable(failed.getSearchEntries()).orElse(List.of()));
            }
            throw unavailable("search", failed);
        }
    }

    private List<Person> persons(List<SearchResultEntry> entries) {
        return entries.stream().map(this::person).toList();
    }

    private Person person(Entry entry) {
        return new Person(
                entry.getDN(),
                values(entry, settings.userAttribute()).collect(Collectors.toSet()),
                addressAttributes()
                        .flatMap(attribute -> values(entry, attribute))
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> values(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValues(attribute)).stream()
                .flatMap(Arrays::stream)
                .map(value -> value.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isRight(Person person, String password) throws IOException {
        // RFC 4513 §5.1.2: a name without a password binds as nobody, and succeeds
        if (password.isEmpty() || person.dn().isEmpty()) {
            return false;
        }
        try {
            return logIns.bind(new SimpleBindRequest(person.dn(), password))
                    .getResultCode()
                    .equals(ResultCode.SUCCESS);
        } catch (LDAPException failed) {
            if (WRONG.contains(failed.getResultCode())) {
                return false;
            }
            throw unavailable("bind", failed);
        }
    }

    private static IOException unavailable(String what, LDAPException failed) {
        String message = "the directory did not " + what + ": " + failed.getResultCode() + ", " + failed.getMessage();
        return failed.getResultCode().isConnectionUsable()
                ? new IOException(message, failed)
                : new DirectoryDown(message, failed);
    }

    @Override
    public void close() {
        searches.close();
        logIns.close();
    }
}
