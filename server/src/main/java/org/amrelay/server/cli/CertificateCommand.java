// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr account certificate}: client certificates that let an account in. */
@Command(
        name = "certificate",
        description = "Client certificates that let an account in with AUTH EXTERNAL.",
        mixinStandardHelpOptions = true)
final class CertificateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    @Command(name = "add", description = "Register a certificate.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "NAME", description = "like printer") String name,
            @Parameters(paramLabel = "FILE", description = "the certificate, PEM") Path file) {
        try (Operations operations = Door.open(home.home())) {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            boolean added = operations.submission().addCertificate(account, name, pem);
            say(
                    added
                            ? "the certificate lets " + account + " in"
                            : "this certificate, or one of that name, is registered already");
            return added ? 0 : 1;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Command(name = "list", description = "List an account's certificates.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "ACCOUNT") String account) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.submission().certificates(account),
                    account + " has no certificates",
                    each -> output.out().println(AppPasswordCommand.line(each)));
            return 0;
        }
    }

    @Command(name = "remove", description = "Forget a certificate.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "NAME") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.submission().removeCertificate(account, name);
            say(removed ? "'" + name + "' lets nobody in any more" : account + " has no certificate '" + name + "'");
            return removed ? 0 : 1;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
