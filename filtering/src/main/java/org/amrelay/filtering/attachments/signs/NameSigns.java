// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a file's name gives away. Stateless. */
public final class NameSigns {
    private static final int LONG = 255;

    private static final Set<String> PROGRAMS =
            Set.of(("ade adp apk app appx appxbundle application bas bat cer chm class cmd com"
                            + " command cpl crt csh desktop diagcab dll dmg exe fxp gadget hlp hta inf ins isp jar jnlp js jse ksh lnk mad"
                            + " maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh2 mshxml msi msix"
                            + " msp mst ops osd pcd pif pl plg prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 py pyc"
                            + " pyo pyw pyz pyzw reg run scf scr sct search-ms settingcontent-ms sh shb shs sys theme tmp udl url vb vbe vbp"
                            + " vbs vbscript vhd vhdx vsmacros vsw vxd webpnp website wim ws wsc wsf wsh xbap xll xnk")
                    .split(" "));

    private static final Set<String> NO_PROGRAM_BY_ITSELF =
            Set.of("tmp", "mdb", "cer", "crt", "dmg", "vhd", "vhdx", "wim", "mht", "mhtml", "mat", "prf", "theme");

    private static final Set<String> HARMLESS = Set.of(
            "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "txt", "csv", "jpg", "jpeg", "png",
            "gif", "bmp", "tif", "tiff", "mp3", "mp4", "avi", "mov", "wav", "htm", "html", "xml", "zip", "eml", "msg");

    private static final Map<String, List<String>> TYPES = Map.ofEntries(
            Map.entry("pdf", List.of("application/pdf")),
            Map.entry("jpg", List.of("image/")),
            Map.entry("jpeg", List.of("image/")),
            Map.entry("png", List.of("image/")),
            Map.entry("gif", List.of("image/")),
            Map.entry(
                    "docx", List.of("application/vnd.openxmlformats", "application/zip", "application/x-ole-storage")),
            Map.entry(
                    "xlsx", List.of("application/vnd.openxmlformats", "application/zip", "application/x-ole-storage")),
            Map.entry(
                    "pptx", List.of("application/vnd.openxmlformats", "application/zip", "application/x-ole-storage")),
            Map.entry("zip", List.of("application/zip", "application/vnd.", "application/java-archive")),
            Map.entry("7z", List.of("application/x-7z-compressed")),
            Map.entry("rar", List.of("application/vnd.rar")),
            Map.entry("gz", List.of("application/gzip")),
            Map.entry("txt", List.of("text/")),
            Map.entry("csv", List.of("text/")));

    private NameSigns() {}

    /** The traits of a name. */
    public static Set<String> of(String name) {
        Set<String> traits = new HashSet<>();
        if (name.indexOf(0) >= 0) {
            traits.add("nul-name");
        }
        if (name.length() > LONG) {
            traits.add("long-name");
        }
        if (name.chars().anyMatch(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069)) {
            traits.add("rtlo-name");
        }
        if (name.startsWith("/") || name.startsWith("\\") || name.contains("../") || name.contains("..\\")) {
            traits.add("path-traversal");
        }
        String extension = extension(name);
        boolean program = PROGRAMS.contains(extension) && !NO_PROGRAM_BY_ITSELF.contains(extension);
        if (program) {
            traits.add("executable");
        }
        String before = extension(withoutExtension(name));
        if (program && HARMLESS.contains(before)) {
            traits.add("double-extension");
        }
        if (extension.equals("lnk") || extension.equals("url")) {
            traits.add("lnk");
        }
        return traits;
    }

    /** Whether a file is something else than its name or its declared type says, in a way that no honest program does. */
    public static boolean contradicts(String name, String declared, String trueType) {
        if (trueType.equals("application/octet-stream")) {
            return false;
        }
        List<String> expected = TYPES.getOrDefault(extension(name), List.of());
        boolean byName = !expected.isEmpty() && expected.stream().noneMatch(trueType::startsWith);
        boolean picture =
                declared.startsWith("image/") && !trueType.startsWith("image/") && !trueType.startsWith("text/");
        boolean pdf = declared.equals("application/pdf") && !trueType.equals("application/pdf");
        return byName || picture || pdf;
    }

    /** The extension in small letters without what Windows ignores: spaces and dots at the end, and all behind a NUL. */
    public static String extension(String name) {
        String shown = trimmed(name);
        int dot = shown.lastIndexOf('.');
        return dot < 0 ? "" : shown.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
    }

    private static String withoutExtension(String name) {
        String shown = trimmed(name);
        int dot = shown.lastIndexOf('.');
        return dot < 0 ? "" : shown.substring(0, dot);
    }

    private static String trimmed(String name) {
        int nul = name.indexOf(0);
        String shown = nul < 0 ? name : name.substring(0, nul);
        int end = shown.length();
        while (end > 0 && (shown.charAt(end - 1) == ' ' || shown.charAt(end - 1) == '.')) {
            end--;
        }
        return shown.substring(Math.max(0, end - 4096), end);
    }
}
