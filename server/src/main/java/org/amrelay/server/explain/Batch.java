// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Explains a file of cases, one JSON object a line; a broken line is answered and does not end it. For one thread. */
public final class Batch {
    private static final Logger LOGGER = LoggerFactory.getLogger(Batch.class);
    private static final int LONGEST_LINE = 1 << 20;

    private final Explainer explainer;
    private final CaseFiles files;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @param folder where relative file names are looked for first */
    public Batch(Explainer explainer, Path folder) {
        this.explainer = explainer;
        this.files = new CaseFiles(folder);
    }

    /** Gives one answer for each line, in their order; empty lines have none. */
    public void run(BufferedReader cases, Consumer<Object> answers) throws IOException {
        int number = 0;
        for (Optional<String> line = next(cases); line.isPresent(); line = next(cases)) {
            number++;
            if (!line.get().isBlank()) {
                answers.accept(answer(line.get(), number));
            }
        }
    }

    /** A line, of which no more is kept than tells that it is too long. */
    private static Optional<String> next(BufferedReader cases) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = cases.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = cases.read()) {
            if (line.length() <= LONGEST_LINE) {
                line.append((char) c);
            }
        }
        return Optional.of(line.toString());
    }

    private Object answer(String line, int number) {
        JsonNode read = NullNode.getInstance();
        try {
            if (line.length() > LONGEST_LINE) {
                throw new IllegalArgumentException("a case has at most " + LONGEST_LINE + " characters");
            }
            read = json.readTree(line.startsWith("\ufeff") ? line.substring(1) : line);
            return explain(ExplainCase.of(read));
        } catch (JsonProcessingException broken) {
            return new Explanation.Failed(
                    NullNode.getInstance(), "line " + number + " is not JSON: " + broken.getOriginalMessage());
        } catch (RuntimeException | StackOverflowError failed) {
            LOGGER.debug("a case could not be explained", failed);
            JsonNode id = read.has("id") ? read.get("id") : NullNode.getInstance();
            String message = failed.getMessage();
            return new Explanation.Failed(id, message == null ? failed.toString() : message);
        }
    }

    /** Explains one case. */
    public Explanation explain(ExplainCase given) {
        return explainer.explain(given, files);
    }
}
