// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Cases as data: a YAML list of groups, each with an RFC section, a zone and cases.
 *
 * <p>Adding a case needs no Java.
 */
public final class Cases {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Cases() {}

    /** One test per case of a file, named by its section and its sentence. */
    public static List<DynamicNode> of(String resource, BiConsumer<JsonNode, Dns> test) {
        List<DynamicNode> tests = new ArrayList<>();
        for (JsonNode group : read(resource)) {
            Dns dns = Zone.of(group.path("zone").asText());
            for (JsonNode each : group.path("cases")) {
                String name =
                        group.path("section").asText() + ' ' + each.path("name").asText();
                tests.add(DynamicTest.dynamicTest(name, () -> test.accept(each, dns)));
            }
        }
        return tests;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream(resource), resource)) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
