// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running relay listens: {@code run/ports.json} in its home.
 *
 * <p>The file is there from the moment everything listens until the stop begins; it may be left over after a kill, so a
 * reader that gets no answer at the port treats it as absent.
 *
 * @param adminHost where the admin API can be reached from this machine
 */
public record BoundPorts(long pid, int receive, int submission, int submissions, String adminHost, int admin) {

    /** Writes the file in one step: a reader sees all of it or nothing. */
    public void write(Home home) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("pid", pid);
            json.writeNumberField("receive", receive);
            json.writeNumberField("submission", submission);
            json.writeNumberField("submissions", submissions);
            json.writeStringField("adminHost", adminHost);
            json.writeNumberField("admin", admin);
            json.writeEndObject();
        }
        Path draft = home.run().resolve("ports.json.new");
        Files.writeString(draft, text + "\n");
        Files.move(draft, home.portsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads the file, if it is there and whole. */
    public static Optional<BoundPorts> read(Home home) {
        if (!Files.isReadable(home.portsFile())) {
            return Optional.empty();
        }
        Map<String, Long> numbers = new LinkedHashMap<>();
        String adminHost = "127.0.0.1";
        try (JsonParser json = new JsonFactory().createParser(home.portsFile().toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(json.currentName(), json.getLongValue());
                } else if (token == JsonToken.VALUE_STRING) {
                    adminHost = json.getText();
                }
            }
        } catch (IOException broken) {
            return Optional.empty();
        }
        return Optional.of(new BoundPorts(
                numbers.getOrDefault("pid", 0L),
                port(numbers, "receive"),
                port(numbers, "submission"),
                port(numbers, "submissions"),
                adminHost,
                port(numbers, "admin")));
    }

    private static int port(Map<String, Long> numbers, String name) {
        return numbers.getOrDefault(name, 0L).intValue();
    }
}
