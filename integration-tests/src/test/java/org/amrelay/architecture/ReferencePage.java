// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.amrelay.mail.settings.Declaration;
import org.amrelay.mail.settings.SettingsReader;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Writes the page of one mailet, matcher or hook from its Javadoc and its declarations, and reads its example back. */
final class ReferencePage {
    private ReferencePage() {}

    static String path(Adapter adapter) {
        return adapter.kind() + "s/" + adapter.name() + ".md";
    }

    static String of(Adapter adapter) {
        List<Declaration> declared = Declaration.of(adapter.settings());
        StringBuilder page = new StringBuilder("<!-- Generated from the class and its settings; do not edit. -->\n")
                .append("# ")
                .append(adapter.name())
                .append("\n\n")
                .append(Javadoc.of(adapter.type()))
                .append("\n## ")
                .append(adapter.kind().equals("matcher") ? "Condition" : "Parameters")
                .append("\n\n")
                .append(table(declared))
                .append("\n## Example\n\n```xml\n")
                .append(example(adapter, declared))
                .append("\n```\n");
        return page.toString();
    }

    private static String table(List<Declaration> declared) {
        if (declared.isEmpty()) {
            return "None.\n";
        }
        StringBuilder table = new StringBuilder("| name | kind | default | meaning |\n|---|---|---|---|\n");
        for (Declaration each : declared) {
            String formerly = each.formerly().isEmpty() ? "" : " (formerly " + String.join(", ", each.formerly()) + ")";
            String defaultsTo = each.required()
                    ? "required"
                    : each.defaultsTo()
                            .filter(text -> !text.isEmpty())
                            .map(text -> "`" + text + "`")
                            .orElse("none");
            table.append("| `%s`%s | %s | %s | %s |\n"
                    .formatted(each.name(), formerly, each.kind(), defaultsTo, each.description()));
        }
        return table.toString();
    }

    private static String example(Adapter adapter, List<Declaration> declared) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Declaration each : declared) {
            each.example()
                    .or(each::defaultsTo)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> values.put(each.name(), text));
        }
        String name = adapter.type().getName();
        return switch (adapter.kind()) {
            case "matcher" ->
                "<mailet match=\"" + name + condition(declared, values)
                        + "\" class=\"ToProcessor\">\n    <processor>relay</processor>\n</mailet>";
            case "mailet" -> element("mailet match=\"All\" class=\"" + name + "\"", "mailet", values);
            default -> element("handler class=\"" + name + "\"", "handler", values);
        };
    }

    private static String condition(List<Declaration> declared, Map<String, String> values) {
        if (values.isEmpty()) {
            return "";
        } else if (declared.size() == 1) {
            return "=" + values.values().iterator().next();
        }
        return "="
                + String.join(
                        ", ",
                        values.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .toList());
    }

    private static String element(String start, String end, Map<String, String> values) {
        if (values.isEmpty()) {
            return "<" + start + "/>";
        }
        StringBuilder xml = new StringBuilder("<" + start + ">\n");
        values.forEach((name, value) -> xml.append("    <%s>%s</%s>\n".formatted(name, value, name)));
        return xml.append("</").append(end).append('>').toString();
    }

    /** The settings that the example on a page gives. */
    static Record settingsOfExample(Adapter adapter, String page) {
        String xml = page.substring(page.indexOf("```xml\n") + 7, page.lastIndexOf("\n```"));
        SettingsReader reader = new SettingsReader(Map.of());
        Element element = parse(xml);
        if (adapter.kind().equals("matcher")) {
            String match = element.getAttribute("match");
            int equals = match.indexOf('=');
            return reader.readCondition(adapter.settings(), equals < 0 ? "" : match.substring(equals + 1));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            Optional.of(child)
                    .filter(Element.class::isInstance)
                    .ifPresent(each -> values.put(each.getNodeName(), each.getTextContent()));
        }
        return reader.read(adapter.settings(), values);
    }

    private static Element parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException broken) {
            throw new IllegalStateException(xml, broken);
        }
    }
}
