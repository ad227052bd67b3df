// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.amrelay.server.home.StartRefused;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.convert.DisabledListDelimiterHandler;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.util.LoggingLevel;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * James' view of {@code conf/*.xml} in the home, with {@code ${NAME:default}} filled in.
 *
 * <p>A file that is missing is empty, as in James; a file that cannot be parsed is a {@link StartRefused} with line and
 * column. Each file is parsed once. Thread-safe.
 */
final class ConfigurationFiles implements ConfigurationProvider {
    private final Path directory;
    private final Placeholders placeholders;
    private final Map<String, XMLConfiguration> parsed = new ConcurrentHashMap<>();

    ConfigurationFiles(Path directory, Placeholders placeholders) {
        this.directory = directory;
        this.placeholders = placeholders;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel ignored) {
        String[] parts = component.split("\\.", -1);
        HierarchicalConfiguration<ImmutableNode> part = parsed.computeIfAbsent(parts[0], this::parse);
        for (int i = 1; i < parts.length; i++) {
            part = part.configurationAt(parts[i]);
        }
        return part;
    }

    private XMLConfiguration parse(String component) {
        Path file = directory.resolve(component + ".xml");
        XMLConfiguration configuration = new XMLConfiguration();
        if (!Files.exists(file)) {
            return configuration;
        }
        configuration.setListDelimiterHandler(new DisabledListDelimiterHandler());
        configuration.setDocumentBuilder(quietParser());
        try {
            String text = placeholders.fill(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
            new FileHandler(configuration).load(new StringReader(text));
            return configuration;
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (ConfigurationException broken) {
            throw new StartRefused(file + " " + reason(broken), broken);
        }
    }

    /** Reads no other file for this one, and leaves it to us to say what is wrong. */
    private static DocumentBuilder quietParser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler());
            return parser;
        } catch (ParserConfigurationException unsupported) {
            throw new IllegalStateException("this Java has no XML parser with secure processing", unsupported);
        }
    }

    private static String reason(ConfigurationException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof SAXParseException parse) {
                return "line " + parse.getLineNumber() + ", column " + parse.getColumnNumber() + ": "
                        + parse.getMessage();
            }
        }
        return "cannot be parsed: " + broken.getMessage();
    }
}
