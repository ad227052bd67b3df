// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitiveCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path message = Path.of("message.eml");

    @BeforeEach
    void aMessage() throws IOException {
        Files.createDirectories(directory.resolve("home/conf"));
        message = Files.writeString(directory.resolve("message.eml"), """
                From: ann@relay.example
                To: bob@far.example
                Subject: the card
                MIME-Version: 1.0
                Content-Type: text/plain

                My card is 4111 1111 1111 1111, and our customer number C-20477 of Miller, Springfield.
                """);
    }

    private int amr(String command, String... words) {
        String[] all = new String[words.length + 4];
        all[0] = "sensitive";
        all[1] = command;
        System.arraycopy(words, 0, all, 2, words.length);
        all[words.length + 2] = "--home";
        all[words.length + 3] = directory.resolve("home").toString();
        return Amr.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @Test
    void saysWhatIsFoundAndWhereButNotTheValue() {
        assertThat(amr("find", message.toString(), "--type", "credit-card", "--json"))
                .isZero();
        assertThat(out.toString())
                .contains("\"type\":\"credit-card\"", "\"part\":\"text\"", "1111")
                .doesNotContain("4111 1111");
    }

    @Test
    void saysNoWhenNothingIsFound() {
        assertThat(amr("find", message.toString(), "--type", "iban")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesTypesThatAreNone() {
        assertThat(amr("find", message.toString(), "--type", "credit-cards")).isEqualTo(2);
        assertThat(err.toString()).contains("credit-cards", "amr sensitive types");
    }

    @Test
    void makesATypeOfATable() throws IOException {
        Path csv =
                Files.writeString(directory.resolve("customers.csv"), "number,name\nC-20477,Miller\nC-20478,Smith\n");
        assertThat(amr("table", csv.toString(), "--name", "customer-number", "--column", "number"))
                .isZero();
        assertThat(directory.resolve("home/conf/sensitive/customer-number.table"))
                .exists();
        assertThat(amr("find", message.toString(), "--type", "customer-number")).isZero();
        assertThat(out.toString()).contains("customer-number at").doesNotContain("C-20477");
    }

    @Test
    void namesTheColumnsWhenOneIsWrong() throws IOException {
        Path csv = Files.writeString(directory.resolve("customers.csv"), "number,name\nC-20477,Miller\n");
        assertThat(amr("table", csv.toString(), "--name", "customer-number", "--column", "id"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no column 'id'", "number, name");
    }

    @Test
    void makesATypeOfADocument() throws IOException {
        String text = "The parties agree that the seller delivers forty lamps of the model Aurora to the harbour of the"
                + " buyer before the first of March, that the price of each lamp is twelve coins, and that the risk of"
                + " loss goes over to the buyer when the ship has been unloaded under the eyes of both of them. ";
        Path document = Files.writeString(directory.resolve("contract.txt"), text);
        Path mail = Files.writeString(directory.resolve("quote.eml"), "Subject: look\n\nThey wrote: " + text + "\n");
        assertThat(amr("document", document.toString(), "--name", "contract")).isZero();
        assertThat(amr("find", mail.toString(), "--type", "contract")).isZero();
        assertThat(amr("find", message.toString(), "--type", "contract")).isEqualTo(1);
    }

    @Test
    void listsTheTypes() {
        assertThat(amr("types")).isZero();
        assertThat(out.toString()).contains("credit-card", "iban", "us-ssn");
    }

    @Test
    void saysWhatIsWrongWithTheFileOfTypes() throws IOException {
        Files.writeString(
                directory.resolve("home/conf/sensitive-types.yaml"),
                "patterns:\n  - name: staff-number\n    pattern: '('\n");
        assertThat(amr("types")).isEqualTo(2);
        assertThat(err.toString()).contains("sensitive-types.yaml", "staff-number");
    }
}
