// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.mime.MimeFlaw;

/** Questions about the parts and files of a message. Stateless; reads no file. */
final class FileChecks {
    private static final Set<String> PROGRAMS = Set.of(
            "exe",
            "scr",
            "pif",
            "com",
            "bat",
            "cmd",
            "cpl",
            "js",
            "jse",
            "vbs",
            "vbe",
            "wsf",
            "wsh",
            "hta",
            "msi",
            "msp",
            "jar",
            "ps1",
            "lnk",
            "reg",
            "dll",
            "sct",
            "chm",
            "ocx",
            "xll",
            "appx",
            "gadget",
            "application");
    private static final Set<String> IMAGES_OF_DISKS =
            Set.of("iso", "img", "vhd", "vhdx", "udf", "one", "ace", "arj", "cab", "z", "lzh", "r00");
    private static final Set<String> MACROS =
            Set.of("docm", "dotm", "xlsm", "xlsb", "xltm", "pptm", "potm", "ppam", "xlam", "slk", "iqy");
    private static final Set<String> PAGES = Set.of("html", "htm", "shtml", "xhtml", "svg", "mht", "xht");
    private static final Set<String> INNOCENT = Set.of(
            "pdf", "doc", "docx", "xls", "xlsx", "txt", "jpg", "jpeg", "png", "gif", "zip", "mp3", "mp4", "rtf", "csv",
            "html", "htm");

    private FileChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("program-attached", file(name -> PROGRAMS.contains(ending(name)))),
                Map.entry("disk-image-attached", file(name -> IMAGES_OF_DISKS.contains(ending(name)))),
                Map.entry("macro-document-attached", file(name -> MACROS.contains(ending(name)))),
                Map.entry("page-attached", file(name -> PAGES.contains(ending(name)))),
                Map.entry("two-endings", file(FileChecks::twoEndings)),
                Map.entry("ending-reversed", file(name -> name.indexOf('\u202e') >= 0 || name.indexOf('\u202d') >= 0)),
                Map.entry("ending-far-right", file(name -> name.contains("          "))),
                Map.entry(
                        "archive-attached",
                        file(name -> Set.of("zip", "rar", "7z", "gz", "tgz", "tar", "xz", "bz2")
                                .contains(ending(name)))),
                Map.entry(
                        "image-attached",
                        s -> Check.when(
                                s.parts().stream()
                                        .anyMatch(part -> part.type().type().equals("image")),
                                "")),
                Map.entry(
                        "calendar",
                        s -> Check.when(
                                s.parts().stream().anyMatch(part -> part.type().is("text/calendar")), "")),
                Map.entry(
                        "file-without-text",
                        s -> Check.when(
                                !s.attachments().isEmpty() && s.text().strip().length() < 40, "")),
                Map.entry(
                        "signed",
                        s -> Check.when(
                                s.parts().get(0).type().is("multipart/signed")
                                        || s.parts().get(0).type().is("multipart/encrypted"),
                                "")),
                Map.entry("plain-text-in-base64", FileChecks::needlessBase64),
                Map.entry(
                        "html-in-base64",
                        s -> Check.when(s.parts().stream().anyMatch(part -> part.isHtml() && isBase64(part)), "")),
                Map.entry("unknown-charset", flaw(MimeFlaw.UNKNOWN_CHARSET)),
                Map.entry("broken-content-type", flaw(MimeFlaw.BAD_CONTENT_TYPE)),
                Map.entry("boundary-missing", flaw(MimeFlaw.BOUNDARY_MISSING)),
                Map.entry("boundary-unclosed", flaw(MimeFlaw.BOUNDARY_UNCLOSED)),
                Map.entry("unknown-encoding", flaw(MimeFlaw.UNKNOWN_ENCODING)),
                Map.entry("conflicting-names", flaw(MimeFlaw.CONFLICTING_NAMES)),
                Map.entry("nul-byte", flaw(MimeFlaw.NUL_BYTE)),
                Map.entry(
                        "broken-header",
                        s -> Check.when(
                                s.parts().get(0).structureFlaws().contains(MimeFlaw.BROKEN_FIELD)
                                        || s.parts().get(0).structureFlaws().contains(MimeFlaw.MISSING_BLANK_LINE),
                                "")),
                Map.entry(
                        "html-without-mime-version",
                        s -> Check.when(s.markup().parts() > 0 && !s.header().has("mime-version"), "")),
                Map.entry("single-part-html", s -> Check.when(s.parts().get(0).isHtml(), "")),
                Map.entry(
                        "single-part-mixed",
                        s -> Check.when(
                                s.parts().get(0).type().is("multipart/mixed")
                                        && s.parts().size() == 2,
                                "")));
    }

    private static Check flaw(MimeFlaw flaw) {
        return specimen -> specimen.parts().stream()
                .filter(part -> part.structureFlaws().contains(flaw))
                .map(part -> "part " + part.path())
                .findFirst();
    }

    private static Check file(Predicate<String> question) {
        return specimen -> specimen.attachments().stream()
                .flatMap(part -> part.names().stream())
                .filter(question)
                .findFirst();
    }

    private static String ending(String name) {
        return name.strip().substring(name.strip().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean twoEndings(String name) {
        String[] labels = name.strip().toLowerCase(Locale.ROOT).split("\\.");
        return labels.length > 2
                && INNOCENT.contains(labels[labels.length - 2].strip())
                && (PROGRAMS.contains(labels[labels.length - 1])
                        || PAGES.contains(labels[labels.length - 1])
                        || IMAGES_OF_DISKS.contains(labels[labels.length - 1]));
    }

    private static boolean isBase64(MessagePart part) {
        return part.header().text("content-transfer-encoding").strip().equalsIgnoreCase("base64");
    }

    private static Optional<String> needlessBase64(Specimen specimen) {
        return specimen.parts().stream()
                .filter(part -> part.type().is("text/plain") && !part.isAttachment() && isBase64(part))
                .filter(part -> part.text().length() > 30 && part.text().chars().allMatch(c -> c < 0x7f))
                .map(part -> "part " + part.path())
                .findFirst();
    }
}
