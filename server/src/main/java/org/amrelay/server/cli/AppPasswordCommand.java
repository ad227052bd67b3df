// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.Optional;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr account app-password}: passwords for one program or device each. */
@Command(
        name = "app-password",
        description = "Passwords for one program or device each, shown once.",
        mixinStandardHelpOptions = true)
final class AppPasswordCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    @Command(name = "add", description = "Make a password and show it once.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "NAME", description = "like phone") String name) {
        try (Operations operations = Door.open(home.home())) {
            Optional<String> password = operations.submission().addAppPassword(account, name);
            say(password.orElseGet(() -> account + " has an app password '" + name + "' already"));
            return password.isPresent() ? 0 : 1;
        }
    }

    @Command(name = "list", description = "List an account's app passwords.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "ACCOUNT") String account) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.submission().appPasswords(account),
                    account + " has no app passwords",
                    each -> output.out().println(line(each)));
            return 0;
        }
    }

    /** A log-in for people. */
    static String line(Answers.LogIn each) {
        String used = each.lastUsedAt().isEmpty() ? "never used" : "last used " + each.lastUsedAt();
        String fingerprint = each.fingerprint().isEmpty() ? "" : ", " + each.fingerprint();
        return Output.safe(each.name()) + ": since " + each.createdAt() + ", " + used + fingerprint;
    }

    @Command(name = "remove", description = "Revoke an app password.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "NAME") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.submission().removeAppPassword(account, name);
            say(removed ? "'" + name + "' lets nobody in any more" : account + " has no app password '" + name + "'");
            return removed ? 0 : 1;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
