// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.inject.Inject;
import org.amrelay.authentication.sasl.ScramAccount;
import org.amrelay.authentication.sasl.ScramKeys;
import org.amrelay.smtp.auth.ScramLogins;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.FurtherCredential;

/**
 * SCRAM's keys from the stored passwords and app passwords of an account.
 *
 * <p>A name that is no account has a salt of its own, made from the name and a secret of this process, so that it looks the
 * same at each try. Safe for several threads.
 */
public final class StoredScramLogins implements ScramLogins {
    private static final int SALT_BYTES = 16;

    private final Accounts accounts;
    private final AppPasswords appPasswords;
    private final PasswordHasher hasher;
    private final boolean plus;
    private final SecretKeySpec secret;

    @Inject
    public StoredScramLogins(Accounts accounts, AppPasswords appPasswords, PasswordHasher hasher, AccountRules rules) {
        this.plus = rules.passwords().scramPlus();
        this.accounts = accounts;
        this.appPasswords = appPasswords;
        this.hasher = hasher;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.secret = new SecretKeySpec(key, "HmacSHA256");
    }

    @Override
    public boolean areKept() {
        return hasher.scramIterations() > 0;
    }

    @Override
    public boolean arePlus() {
        return plus;
    }

    @Override
    public ScramAccount find(String name) {
        String account = name.toLowerCase(Locale.ROOT);
        Optional<ScramKeys> own =
                accounts.find(account).map(Account::credential).flatMap(PasswordHasher::scramKeys);
        if (own.isEmpty()) {
            return new ScramAccount(List.of(ScramKeys.ofNobody(saltOf(account), hasher.scramIterations())), keys -> {});
        }
        List<ScramKeys> all = new ArrayList<>(List.of(own.get()));
        Map<ScramKeys, FurtherCredential> byKeys = new IdentityHashMap<>();
        for (FurtherCredential each : appPasswords.of(account)) {
            PasswordHasher.scramKeys(each.credential())
                    .filter(own.get()::sharesSaltWith)
                    .ifPresent(keys -> {
                        all.add(keys);
                        byKeys.put(keys, each);
                    });
        }
        return new ScramAccount(
                all, keys -> Optional.ofNullable(byKeys.get(keys)).ifPresent(appPasswords::used));
    }

    private byte[] saltOf(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return Arrays.copyOf(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), SALT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256, which every Java has", e);
        }
    }
}
