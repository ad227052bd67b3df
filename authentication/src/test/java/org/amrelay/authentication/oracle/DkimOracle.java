// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Assumptions;

/** Debian's python3-dkim as a second opinion; skipped where it is missing, but never in the continuous build. */
final class DkimOracle {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PYTHON = "/usr/bin/python3";

    private DkimOracle() {}

    static void assumePresent() {
        boolean present =
                Files.isExecutable(Path.of(PYTHON)) && exitCode(PYTHON, "-c", "import authres, dkim, nacl") == 0;
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            assertThat(present)
                    .as("python3-dkim, python3-nacl and python3-authres are installed")
                    .isTrue();
        }
        Assumptions.assumeTrue(present, "python3-dkim, python3-nacl or python3-authres is not installed");
    }

    static JsonNode verify(MessageContent mail, String domain) {
        return ask("verify", mail, domain).path("result");
    }

    static String chain(MessageContent mail, String domain) {
        return ask("arc-verify", mail, domain).path("result").asText();
    }

    static MessageContent sign(MessageContent mail, String domain, boolean rsa, String forms, boolean length) {
        ObjectNode question = question("sign", mail, domain);
        question.put("selector", rsa ? "rsa" : "ed").put("key", rsa ? rsaKey() : ed25519Key());
        question.put("forms", forms).put("length", length);
        return Mails.raw(run(question).path("message").asText());
    }

    static MessageContent seal(MessageContent mail, String domain) {
        ObjectNode question = question("arc-sign", mail, domain);
        question.put("selector", "rsa").put("key", rsaKey()).put("authserv", "mx." + domain);
        return Mails.raw(run(question).path("message").asText());
    }

    private static JsonNode ask(String what, MessageContent mail, String domain) {
        return run(question(what, mail, domain));
    }

    private static ObjectNode question(String what, MessageContent mail, String domain) {
        ObjectNode question = JSON.createObjectNode();
        question.put("do", what).put("message", Mails.text(mail)).put("domain", domain);
        question.putObject("dns")
                .put("rsa._domainkey." + domain, TestKeys.rsaRecord(TestKeys.RSA))
                .put("ed._domainkey." + domain, TestKeys.ed25519Record(TestKeys.ED25519));
        return question;
    }

    private static String rsaKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(TestKeys.RSA.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The last 32 octets of PKCS #8 are the seed (RFC 8410 §7). */
    private static String ed25519Key() {
        byte[] encoded = TestKeys.ED25519.getPrivate().getEncoded();
        byte[] seed = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return Base64.getEncoder().encodeToString(seed);
    }

    private static JsonNode run(ObjectNode question) {
        try {
            Path script = Files.createTempFile("oracle", ".py");
            try (var in = DkimOracle.class.getResourceAsStream("/oracle/dkim_oracle.py")) {
                Files.write(script, in.readAllBytes());
            }
            Process process = new ProcessBuilder(PYTHON, script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var out = process.getOutputStream()) {
                JSON.writeValue(out, question);
            }
            byte[] answer = process.getInputStream().readAllBytes();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Files.delete(script);
            assertThat(process.exitValue()).isZero();
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int exitCode(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }
}
