// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.home.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what people have called ham or spam, as folders that {@code amr spam train} learns from: {@code data/samples/ham} and
 * {@code data/samples/spam}.
 *
 * <p>Bounded: so many messages a folder, the mail that came first goes first; the beginning of long ones. A mail is in one of
 * them, whatever was said last. Readable by the owner only. What cannot be written is logged; the decision counts all the
 * same. Safe for several threads.
 */
public final class SpamSamples implements SpamFeedback {
    /** Messages in each folder. */
    static final int MOST = 2_000;
    /** Octets of a message. */
    static final int LONGEST = 128 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(SpamSamples.class);
    private static final String ENDING = ".eml";

    private final Path folder;
    private final int most;

    /** The folders of a home, made when they are needed. */
    public SpamSamples(Home home) {
        this(home, MOST);
    }

    SpamSamples(Home home, int most) {
        this.folder = home.data().resolve("samples");
        this.most = most;
    }

    Path folder(boolean spam) {
        return folder.resolve(spam ? "spam" : "ham");
    }

    @Override
    public synchronized void learn(QuarantinedMail mail, MessageContent content, boolean spam) {
        // Numbers grow, and with zeros before them their order is that of their names
        String name = String.format(Locale.ROOT, "%020d", mail.id()) + ENDING;
        try {
            Path into = directory(spam);
            write(content, into.resolve(name));
            Files.deleteIfExists(folder(!spam).resolve(name));
            forgetOldest(into);
        } catch (IOException failed) {
            LOGGER.warn("quarantined mail {} is not kept for learning: {}", mail.id(), failed.toString());
        }
    }

    private Path directory(boolean spam) throws IOException {
        for (Path each : List.of(folder, folder(spam))) {
            if (!Files.isDirectory(each)) {
                Files.createDirectories(each);
                restrict(each, "rwx------");
            }
        }
        return folder(spam);
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Whole or not at all; a file that a crash left over is written again or is no sample. */
    private void write(MessageContent content, Path to) throws IOException {
        Path made = folder.resolve("new");
        try (InputStream in = content.open();
                OutputStream out = Files.newOutputStream(made)) {
            out.write(in.readNBytes(LONGEST));
        }
        restrict(made, "rw-------");
        Files.move(made, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void forgetOldest(Path of) throws IOException {
        List<Path> kept;
        try (Stream<Path> all = Files.list(of)) {
            kept = all.filter(each -> each.toString().endsWith(ENDING)).sorted().toList();
        }
        for (Path oldest : kept.subList(0, Math.max(0, kept.size() - most))) {
            Files.deleteIfExists(oldest);
        }
    }
}
