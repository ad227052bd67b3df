// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Locale;
import org.amrelay.authentication.identity.Identity;
import org.amrelay.storage.RelayStorage;

/** {@link SubmissionOperations} carried out on the storage of this process. */
final class StorageSubmission implements SubmissionOperations {
    private final RelayStorage storage;

    StorageSubmission(RelayStorage storage) {
        this.storage = storage;
    }

    @Override
    public List<String> identities(String account) {
        return storage.identities().of(existing(account));
    }

    @Override
    public boolean grantIdentity(String account, String identity) {
        return storage.identities().add(existing(account), checked(identity));
    }

    @Override
    public boolean revokeIdentity(String account, String identity) {
        return storage.identities().remove(account.strip().toLowerCase(Locale.ROOT), checked(identity));
    }

    private String existing(String account) {
        String name = account.strip().toLowerCase(Locale.ROOT);
        if (storage.accounts().find(name).isEmpty()) {
            throw new IllegalArgumentException("there is no account '" + name + "'; amr account list shows them");
        }
        return name;
    }

    private static String checked(String identity) {
        return Identity.parse(identity)
                .map(Identity::toString)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + identity + "' is neither an address like you@example.org nor a domain like @example.org"));
    }
}
