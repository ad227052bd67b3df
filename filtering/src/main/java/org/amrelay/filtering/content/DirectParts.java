// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.filtering.attachments.Attachment;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.attachments.Inspection;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;

/** The attachments as they stand in the message, without looking into archives and documents. Stateless. */
public final class DirectParts implements AttachmentInspector {
    private static final String EXECUTABLE = "executable";
    private static final Set<String> TYPES = Set.of(
            "application/vnd.microsoft.portable-executable",
            "application/x-elf",
            "application/x-mach-binary",
            "application/java-vm",
            "application/x-ms-shortcut");
    private static final Set<String> ENDINGS = Set.of(
            "ade", "adp", "app", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf", "ins",
            "isp", "jar", "jnlp", "jse", "js", "lnk", "mde", "msc", "msi", "msp", "mst", "ocx", "pif", "ps1", "psm1",
            "reg", "scf", "scr", "sct", "shb", "sys", "url", "vbe", "vbs", "vb", "vxd", "wsc", "wsf", "wsh", "xll");
    private static final Set<String> HARMLESS = Set.of(
            "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "csv", "jpg", "jpeg", "png", "gif", "zip",
            "htm", "html");

    @Override
    public Inspection inspect(MessageView view) {
        return new Inspection(
                view.attachments().stream().map(DirectParts::attachment).toList(), List.of());
    }

    private static Attachment attachment(MessagePart part) {
        String type = part.trueType();
        return new Attachment(
                part.path(),
                part.name().orElse(""),
                part.type().essence(),
                type,
                part.size(),
                part.sha256(),
                traits(part, type),
                part.visibleText());
    }

    /** All its names count: a mail program may show another one than we think. */
    private static Set<String> traits(MessagePart part, String type) {
        Set<String> traits = new HashSet<>();
        if (TYPES.contains(type)) {
            traits.add(EXECUTABLE);
        }
        for (String name : part.names()) {
            String small = name.toLowerCase(Locale.ROOT).strip();
            String stripped =
                    small.endsWith(".") ? small.substring(0, small.length() - 1).stripTrailing() : small;
            List<String> pieces = List.of(stripped.split("\\.", -1));
            if (pieces.size() > 1 && ENDINGS.contains(pieces.get(pieces.size() - 1))) {
                traits.add(EXECUTABLE);
                if (pieces.size() > 2
                        && HARMLESS.contains(pieces.get(pieces.size() - 2).strip())) {
                    traits.add("double-extension");
                }
            }
        }
        return Set.copyOf(traits);
    }
}
