// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr account}: who may submit mail. */
@Command(
        name = "account",
        description = "Accounts that may submit mail.",
        mixinStandardHelpOptions = true,
        subcommands = {AppPasswordCommand.class, CertificateCommand.class})
final class AccountCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: add, list, password, remove, app-password or certificate");
    }

    @Command(name = "add", description = "Add an account; asks for its password.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "ADDRESS", description = "like you@example.org") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean added = operations.addAccount(name, password.read());
            say(added ? name + " added" : name + " exists already; amr account password changes its password");
            return added ? 0 : 1;
        }
    }

    @Command(name = "list", description = "List the accounts.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            List<String> names = new ArrayList<>();
            for (List<String> page = operations.accounts("", Operations.MOST); !page.isEmpty(); ) {
                names.addAll(page);
                page = operations.accounts(page.get(page.size() - 1), Operations.MOST);
            }
            output.printAll(
                    names,
                    "no accounts yet: amr account add you@example.org",
                    name -> output.out().println(name));
            return 0;
        }
    }

    @Command(name = "password", description = "Change an account's password.", mixinStandardHelpOptions = true)
    int password(
            @Mixin HomeOption home, @Mixin PasswordOption password, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean changed = operations.changePassword(name, password.read());
            say(changed ? "password of " + name + " changed" : name + " is not there");
            return changed ? 0 : 1;
        }
    }

    @Command(name = "remove", description = "Remove an account.", mixinStandardHelpOptions = true)
    int remove(@Mixin HomeOption home, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.removeAccount(name);
            say(removed ? name + " removed" : name + " is not there");
            return removed ? 0 : 1;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
