// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * Makes previews: text as text, HTML through a sanitiser, everything else by name.
 *
 * <p>Reads the message once. At most {@value #MOST_PARTS} parts in {@value #DEEPEST} levels, {@value #MOST_TEXT} characters of
 * text and as many of HTML are shown. What cannot be read as MIME is shown as far as it can. Stateless.
 */
public final class PreviewComposer {
    private static final int MOST_PARTS = 200;
    private static final int DEEPEST = 50;
    private static final int MOST_TEXT = 200_000;
    private static final int MOST_LINKS = 200;
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxHeaderCount(2_000)
            .setMaxHeaderLen(100_000)
            .setMaxLineLen(-1)
            .setMaxContentLen(-1)
            .build();

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<String> attachments = new ArrayList<>();
    private boolean isWhole = true;
    private Optional<String> name = Optional.empty();

    private PreviewComposer() {}

    /**
     * Looks into a message.
     *
     * @throws IOException when its bytes cannot be read
     */
    public static Preview of(MessageContent content) throws IOException {
        return new PreviewComposer().compose(content);
    }

    private Preview compose(MessageContent content) throws IOException {
        MessageSummary summary = MessageSummary.of(HeaderSection.read(content));
        try (InputStream in = content.open()) {
            read(in);
        } catch (MimeException broken) {
            isWhole = false;
        }
        List<String> links = new ArrayList<>();
        String safe = html.isEmpty() ? "" : SafeHtml.of(html.toString(), links);
        String shown = text.isEmpty() && !html.isEmpty() ? plain(safe) : plainText(text);
        return new Preview(
                summary,
                shown,
                safe,
                links.stream().distinct().limit(MOST_LINKS).toList(),
                attachments,
                isWhole);
    }

    private void read(InputStream in) throws IOException, MimeException {
        MimeTokenStream tokens = new MimeTokenStream(CONFIG);
        tokens.parse(in);
        int parts = 0;
        int depth = 0;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            if (state == EntityState.T_START_HEADER) {
                name = Optional.empty();
            } else if (state == EntityState.T_FIELD) {
                field(tokens.getField());
            } else if (begins(state) || ends(state)) {
                depth += begins(state) ? 1 : -1;
                // Each level reads through all levels above it: too many of them take time and overflow the stack
                if (depth > DEEPEST) {
                    isWhole = false;
                    return;
                }
            } else if (state == EntityState.T_BODY) {
                parts++;
                if (parts > MOST_PARTS) {
                    isWhole = false;
                    return;
                }
                body(tokens);
            }
        }
    }

    private static boolean begins(EntityState state) {
        return state == EntityState.T_START_MULTIPART || state == EntityState.T_START_MESSAGE;
    }

    private static boolean ends(EntityState state) {
        return state == EntityState.T_END_MULTIPART || state == EntityState.T_END_MESSAGE;
    }

    /** Only the name that a part gives itself; the type is the stream's business. */
    private void field(Field field) {
        String key = field.getName().toLowerCase(Locale.ROOT);
        if (key.equals("content-disposition") || (key.equals("content-type") && name.isEmpty())) {
            String value = MessageSummary.decoded(field.getBody());
            int at = value.toLowerCase(Locale.ROOT).indexOf("name=");
            if (at >= 0) {
                String rest = value.substring(at + 5);
                int end = rest.startsWith("\"") ? rest.indexOf('"', 1) : rest.indexOf(';');
                name = Optional.of(MessageSummary.line(
                                rest.substring(rest.startsWith("\"") ? 1 : 0, end < 0 ? rest.length() : end)))
                        .filter(given -> !given.isEmpty());
            }
        }
    }

    private void body(MimeTokenStream tokens) throws IOException {
        BodyDescriptor type = tokens.getBodyDescriptor();
        String mime = MessageSummary.line(type.getMimeType());
        boolean isHtml = mime.equals("text/html");
        try (InputStream decoded = tokens.getDecodedInputStream()) {
            if (name.isEmpty() && (isHtml || mime.equals("text/plain"))) {
                append(isHtml ? html : text, decoded, charset(type.getCharset()));
            } else {
                long size = decoded.transferTo(OutputStream.nullOutputStream());
                attachments.add(mime + name.map(given -> ", " + given).orElse("") + ", " + size + " bytes");
            }
        }
    }

    private void append(StringBuilder to, InputStream decoded, Charset charset) throws IOException {
        int room = MOST_TEXT - to.length();
        // A character may take more than one octet; what is too long after decoding is cut once more
        byte[] octets = decoded.readNBytes(Math.max(0, room) * 4);
        String read = new String(octets, charset);
        if (read.length() > room || decoded.read() >= 0) {
            isWhole = false;
        }
        decoded.transferTo(OutputStream.nullOutputStream());
        to.append(to.isEmpty() ? "" : "\n").append(read, 0, Math.min(Math.max(0, room), read.length()));
    }

    private static Charset charset(String given) {
        try {
            return given == null || given.isBlank() ? StandardCharsets.UTF_8 : Charset.forName(given.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** Lines stay, all other control characters and those that turn directions go. */
    private static String plainText(CharSequence text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString().strip();
    }

    /** The text of HTML that is safe already: tags become line ends. */
    private static String plain(String safe) {
        StringBuilder plain = new StringBuilder(safe.length());
        boolean inTag = false;
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == '<') {
                inTag = true;
                boolean isInline = safe.startsWith("span", i + 1) || safe.startsWith("/span", i + 1);
                plain.append(isInline || plain.isEmpty() || plain.charAt(plain.length() - 1) == '\n' ? "" : "\n");
            } else if (c == '>') {
                inTag = false;
            } else if (!inTag) {
                plain.append(c);
            }
        }
        return plainText(unescaped(plain.toString()));
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#61;", "=")
                .replace("&#64;", "@")
                .replace("&#43;", "+")
                .replace("&#96;", "`")
                .replace("&#123;", "{")
                .replace("&#125;", "}")
                .replace("&amp;", "&");
    }
}
