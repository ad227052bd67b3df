// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr identity}: what an account may send under. */
@Command(
        name = "identity",
        description = "Addresses and domains that an account may send under, beside its own address and aliases.",
        mixinStandardHelpOptions = true)
final class IdentityCommand implements Runnable {
    private static final String ACCOUNT = "ACCOUNT";
    private static final String IDENTITY = "ADDRESS|@DOMAIN";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    @Command(name = "add", description = "Let an account send under an address.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Parameters(paramLabel = ACCOUNT) String account,
            @Parameters(paramLabel = IDENTITY, description = "like info@example.org or @example.org") String identity) {
        try (Operations operations = Door.open(home.home())) {
            boolean added = operations.submission().grantIdentity(account, identity);
            say(account + (added ? " may now send as " : " may send already as ") + identity);
            return 0;
        }
    }

    @Command(name = "list", description = "List what was granted to an account.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = ACCOUNT) String account) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.submission().identities(account),
                    account + " has its own address and aliases only",
                    output.out()::println);
            return 0;
        }
    }

    @Command(name = "remove", description = "Take an address away from an account.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Parameters(paramLabel = ACCOUNT) String account,
            @Parameters(paramLabel = IDENTITY) String identity) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.submission().revokeIdentity(account, identity);
            say(account + (removed ? " may no longer send as " : " was not granted ") + identity);
            return removed ? 0 : 1;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
