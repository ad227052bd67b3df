// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.Set;
import org.amrelay.mail.settings.Parameter;

/** The section {@code identities} of {@code conf/accounts.yaml}. Immutable. */
public record IdentitySettings(
        @Parameter(
                description = "whether an account may send under any address of its own domain",
                defaultsTo = "false")
        boolean ownDomain,

        @Parameter(description = "accounts that may send under any address", defaultsTo = "")
        Set<String> anySender) {}
