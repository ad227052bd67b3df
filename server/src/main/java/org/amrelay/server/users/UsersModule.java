// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.io.IOException;
import java.time.Clock;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.MemoryLimits;
import org.amrelay.authentication.limit.SubmissionLimiter;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.ldap.LdapAccounts;
import org.amrelay.server.limits.SharedLimits;
import org.amrelay.server.oidc.TokenLogins;
import org.amrelay.smtp.auth.BanBook;
import org.amrelay.smtp.auth.BearerLogins;
import org.amrelay.smtp.auth.CertificateLogins;
import org.amrelay.smtp.auth.ScramLogins;
import org.amrelay.smtp.rcpt.RecipientDirectory;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.FurtherCredentials;
import org.amrelay.storage.account.GrantedIdentities;
import org.amrelay.storage.account.Rewrites;
import org.apache.james.UserEntityValidator;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.rrt.api.AliasReverseResolver;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

/**
 * Users, domains and rewriting on our storage.
 *
 * <p>Needs beside it a {@link RelayStorage}, a {@link java.time.Clock}, James' {@code CoreDataModule}, DNS service and
 * configuration provider.
 */
public final class UsersModule extends AbstractModule {
    private final AccountRules rules;
    private final boolean asks;

    public UsersModule(AccountRules rules) {
        this(rules, true);
    }

    /** @param asks whether a directory may be asked */
    public UsersModule(AccountRules rules, boolean asks) {
        this.rules = rules;
        this.asks = asks;
    }

    @Override
    protected void configure() {
        bind(AccountRules.class).toInstance(rules);
        if (asks) {
            bind(LimitStore.class).to(SharedLimits.class).in(Scopes.SINGLETON);
        } else {
            bind(LimitStore.class).toInstance(new MemoryLimits());
        }
        bind(AccountIdentities.class).to(StoredIdentities.class).in(Scopes.SINGLETON);
        bind(PasswordHasher.class)
                .toInstance(new PasswordHasher(
                        PasswordHasher.LEAST_ITERATIONS, rules.passwords().scramIterations()));
        bind(RecipientDirectory.class).to(KnownRecipients.class).in(Scopes.SINGLETON);
        bind(BanBook.class).to(StoredBans.class).in(Scopes.SINGLETON);
        bind(AppPasswords.class).in(Scopes.SINGLETON);
        bind(ScramLogins.class).to(StoredScramLogins.class).in(Scopes.SINGLETON);
        bind(CertificateLogins.class).to(ClientCertificates.class).in(Scopes.SINGLETON);
        bind(LoginCheck.class).in(Scopes.SINGLETON);
        bind(AccountsDao.class).in(Scopes.SINGLETON);
        bind(RelayDomainList.class).in(Scopes.SINGLETON);
        bind(DomainList.class).to(RelayDomainList.class);
        bind(RelayRewriteTable.class).in(Scopes.SINGLETON);
        bind(RecipientRewriteTable.class).to(RelayRewriteTable.class);
        bind(AliasReverseResolver.class).to(AliasReverseResolverImpl.class).in(Scopes.SINGLETON);
        bind(CanSendFrom.class).to(CanSendFromImpl.class).in(Scopes.SINGLETON);
        bind(UsersRepository.class).to(RelayUsersRepository.class);
    }

    @Provides
    @Singleton
    Accounts accounts(RelayStorage storage) {
        return storage.accounts();
    }

    @Provides
    @Singleton
    LdapAccounts directory(Clock clock) {
        if (!asks) {
            return LdapAccounts.unasked(rules.ldap(), clock);
        }
        try {
            return LdapAccounts.open(rules.ldap(), clock);
        } catch (IOException wrong) {
            throw new StartRefused("accounts.yaml ldap: " + wrong.getMessage(), wrong);
        }
    }

    @Provides
    @Singleton
    SubmissionLimiter limiter(LimitStore counts, Clock clock) {
        return new SubmissionLimiter(rules.limits(), counts, clock);
    }

    @Provides
    @Singleton
    AccountWatch watch(RelayStorage storage, Clock clock) {
        return new AccountWatch(rules.containment().settings(), storage.containment(), clock);
    }

    @Provides
    @Singleton
    BearerLogins tokens(Accounts accounts, Clock clock) {
        return new TokenLogins(rules.oidc(), accounts, clock);
    }

    @Provides
    @Singleton
    Bans bans(RelayStorage storage) {
        return storage.bans();
    }

    @Provides
    @Singleton
    FurtherCredentials furtherCredentials(RelayStorage storage) {
        return storage.furtherCredentials();
    }

    @Provides
    @Singleton
    GrantedIdentities identities(RelayStorage storage) {
        return storage.identities();
    }

    @Provides
    @Singleton
    Domains domains(RelayStorage storage) {
        return storage.domains();
    }

    @Provides
    @Singleton
    Rewrites rewrites(RelayStorage storage) {
        return storage.rewrites();
    }

    @Provides
    @Singleton
    RelayUsersRepository users(
            DomainList domains, AccountsDao accounts, LdapAccounts directory, UserEntityValidator validator) {
        RelayUsersRepository users = new RelayUsersRepository(domains, accounts, directory);
        users.setValidator(validator);
        return users;
    }

    @ProvidesIntoSet
    InitializationOperation configureDomains(DomainListConfiguration configuration, RelayDomainList domains) {
        return InitilizationOperationBuilder.forClass(RelayDomainList.class)
                .init(() -> domains.configure(configuration));
    }

    @ProvidesIntoSet
    InitializationOperation configureRewrites(ConfigurationProvider configuration, RelayRewriteTable rewrites) {
        return InitilizationOperationBuilder.forClass(RelayRewriteTable.class)
                .init(() -> rewrites.configure(configuration.getConfiguration("recipientrewritetable")));
    }

    @ProvidesIntoSet
    InitializationOperation configureUsers(ConfigurationProvider configuration, RelayUsersRepository users) {
        return InitilizationOperationBuilder.forClass(RelayUsersRepository.class)
                .init(() -> users.configure(configuration.getConfiguration("usersrepository")));
    }
}
