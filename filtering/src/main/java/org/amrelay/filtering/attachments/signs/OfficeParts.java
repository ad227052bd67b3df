// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The parts of documents made of ZIP and XML (ECMA-376, OpenDocument): what they are together, and what each shows. Stateless. */
public final class OfficeParts {
    private static final String OOXML = "application/vnd.openxmlformats-officedocument.";

    private OfficeParts() {}

    /** Which document, program or archive has files of these names. */
    public static Optional<String> typeOf(List<String> names) {
        if (names.contains("AndroidManifest.xml")) {
            return Optional.of("application/vnd.android.package-archive");
        }
        if (names.contains("[Content_Types].xml")) {
            return Optional.of(
                    starts(names, "word/")
                            ? OOXML + "wordprocessingml.document"
                            : starts(names, "xl/")
                                    ? OOXML + "spreadsheetml.sheet"
                                    : starts(names, "ppt/")
                                            ? OOXML + "presentationml.presentation"
                                            : "application/vnd.openxmlformats-package");
        }
        return names.contains("META-INF/MANIFEST.MF") || names.stream().anyMatch(name -> name.endsWith(".class"))
                ? Optional.of("application/java-archive")
                : Optional.empty();
    }

    private static boolean starts(List<String> names, String folder) {
        return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(folder));
    }

    /** Whether a type is a document of many parts. */
    public static boolean isDocument(String type) {
        return type.startsWith(OOXML)
                || type.equals("application/vnd.openxmlformats-package")
                || type.startsWith("application/vnd.oasis.opendocument");
    }

    /** Whether a part belongs to the document's works and is no file that somebody put in. */
    public static boolean isInner(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".xml") || lower.endsWith(".rels") || lower.equals("mimetype") || lower.endsWith(".rdf");
    }

    /** Adds the traits that the name of a part shows. */
    public static void signs(String name, Set<String> traits) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("vbaproject.bin")) {
            traits.add("macro");
        }
        if (lower.startsWith("xl/macrosheets/")) {
            traits.add("xlm-macro");
        }
        if (lower.startsWith("basic/") || lower.startsWith("scripts/")) {
            traits.add("macro");
        }
        if (lower.contains("activex/")) {
            traits.add("activex");
        }
    }

    /** Adds the traits that a part of XML shows. */
    public static void signs(String name, String xml, Set<String> traits) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".rels") && xml.contains("External")) {
            if (xml.contains("/attachedTemplate") || xml.contains("/oleObject") || xml.contains("/frame")) {
                traits.add("external-template");
            }
        }
        boolean field = xml.contains("instrText") || xml.contains("fldSimple");
        boolean word =
                lower.startsWith("word/") && field && saysDde(MarkupText.of(xml, xml.length()) + attributes(xml));
        if (word || lower.startsWith("xl/") && xml.contains("<ddeLink") || xml.contains("office:dde-source")) {
            traits.add("dde");
        }
        if (lower.endsWith("manifest.xml") && xml.contains("manifest:encryption-data")) {
            traits.add("encrypted");
        }
        if (lower.equals("[content_types].xml") && xml.contains("intlMacrosheet")
                || xml.contains("ms-excel.macrosheet")) {
            traits.add("xlm-macro");
        }
    }

    private static String attributes(String xml) {
        int at = xml.indexOf("fldSimple");
        return at < 0 ? "" : xml.substring(at, Math.min(xml.length(), at + 512));
    }

    /** Writers break the word into runs; without tags it is whole again. */
    private static boolean saysDde(String text) {
        String flat = text.toUpperCase(Locale.ROOT);
        return flat.contains("DDEAUTO") || flat.contains("DDE \"") || flat.contains("DDE C:");
    }

    /** Whether a part has the text that a reader sees. */
    public static boolean hasText(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("content.xml")
                || lower.equals("xl/sharedstrings.xml")
                || lower.startsWith("word/")
                        && !lower.contains("/_rels")
                        && (lower.contains("document") || lower.contains("header") || lower.contains("foot"))
                || lower.startsWith("ppt/slides/slide")
                || lower.startsWith("ppt/notesslides/notes")
                || lower.startsWith("xl/worksheets/sheet");
    }
}
