// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Locale;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.containment.ContainmentOrders;
import org.amrelay.storage.ledger.Changed;

/** {@link ContainmentOperations} carried out in this process. */
public final class StoredContainment implements ContainmentOperations {
    private static final String BY = "operator";

    private final ContainmentOrders orders;

    public StoredContainment(ContainmentOrders orders) {
        this.orders = orders;
    }

    @Override
    public List<Answers.Contained> contained() {
        return orders.contained().stream()
                .map(account -> new Answers.Contained(
                        account.account(),
                        account.since().toString(),
                        account.by(),
                        account.reason(),
                        account.mail(),
                        account.recalled(),
                        orders.held(account).deliveries()))
                .toList();
    }

    @Override
    public boolean contain(String account) {
        return orders.contain(checked(account), BY);
    }

    @Override
    public Answers.Released release(String account) {
        ContainmentOrders.Released released = orders.release(checked(account), BY);
        return new Answers.Released(released.wasContained(), released.released());
    }

    @Override
    public Answers.Impact queued(String account) {
        return LedgerViews.impact(orders.queued(checked(account)));
    }

    @Override
    public Answers.Ordered recall(String account) {
        Changed changed = orders.recall(checked(account), BY);
        return new Answers.Ordered(changed.changed(), changed.inAttempt());
    }

    /** The account may be one of a directory, or be gone: only its form is looked at. */
    private static String checked(String account) {
        String name = account.strip().toLowerCase(Locale.ROOT);
        if (EmailAddress.parse(name).isEmpty()) {
            throw new IllegalArgumentException("'" + account + "' is not an account like you@example.org");
        }
        return name;
    }
}
