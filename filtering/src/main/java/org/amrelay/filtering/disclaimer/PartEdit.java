// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.filtering.content.SplicedContent.Cut;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.mime.TransferEncoding;
import org.amrelay.mail.text.DecodedText;

/** The changes to one part that gets a disclaimer; nothing when it cannot be read well enough. For one part. */
final class PartEdit {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final int LONGEST_LINE = 998;
    private static final int BASE64_LINE = 76;

    private final RawPart raw;
    private final MessagePart part;
    private final TransferEncoding encoding;
    private final byte[] decoded;

    private PartEdit(RawPart raw) throws IOException {
        this.raw = raw;
        this.part = raw.part();
        this.encoding = part.encoding();
        this.decoded = raw.decoded();
    }

    /** The changes for a part. */
    static Optional<List<Cut>> of(MessageContent message, MessagePart part, Disclaimer disclaimer) throws IOException {
        if (part.encoding() == TransferEncoding.UUENCODE || part.encoding() == TransferEncoding.YENC) {
            return Optional.empty();
        }
        PartEdit edit = new PartEdit(RawPart.read(message, part));
        return part.type().is("text/html") ? edit.html(disclaimer) : edit.plain(disclaimer);
    }

    private Optional<List<Cut>> plain(Disclaimer disclaimer) throws IOException {
        String text = DisclaimerLines.of(disclaimer.text(), part.type());
        Optional<Charset> charset = declared()
                .filter(PartEdit::holdsAscii)
                .filter(known -> known.newEncoder().canEncode(text));
        boolean ended = decoded.length == 0 || decoded[decoded.length - 1] == '\n';
        String before = decoded.length == 0 ? "" : ended ? "\r\n" : "\r\n\r\n";
        String added = before + text + (ended || part.depth() == 0 ? "\r\n" : "");
        return charset.isPresent()
                ? inserted(added.getBytes(charset.get()), decoded.length, raw.body().length)
                : asUtf8(added, false);
    }

    private Optional<List<Cut>> html(Disclaimer disclaimer) throws IOException {
        String added = "\r\n" + disclaimer.html() + "\r\n";
        Optional<Charset> charset = used();
        if (charset.isPresent() && !holdsAscii(charset.get())) {
            return asUtf8(added, true);
        }
        int place = HtmlEnd.of(new String(decoded, BYTES));
        int rawPlace =
                encoding == TransferEncoding.QUOTED_PRINTABLE ? HtmlEnd.of(new String(raw.body(), BYTES)) : place;
        return inserted(added.getBytes(StandardCharsets.US_ASCII), place, rawPlace);
    }

    /** Bytes of the part's own charset; of the part as it stands as little as possible is written anew. */
    private Optional<List<Cut>> inserted(byte[] added, int place, int rawPlace) throws IOException {
        if (encoding == TransferEncoding.BASE64) {
            return Optional.of(List.of(body(base64(with(added, place)))));
        } else if (encoding == TransferEncoding.QUOTED_PRINTABLE) {
            return Optional.of(List.of(quoted(added, place, rawPlace)));
        } else if (encoding == TransferEncoding.SEVEN_BIT && !isSevenBit(added)) {
            return rewritten("", "quoted-printable", QuotedPrintableText.of(with(added, place)));
        }
        return Optional.of(List.of(new Cut(raw.bodyStart() + place, raw.bodyStart() + place, added)));
    }

    private Cut quoted(byte[] added, int place, int rawPlace) throws IOException {
        byte[] before = Arrays.copyOf(raw.body(), rawPlace);
        byte[] read = encoding.decode(MessageContent.of(before).open()).readAllBytes();
        // Where an end of the body is written in several ways at once, the bytes and what they mean have other places
        if (read.length != place) {
            return body(QuotedPrintableText.of(with(added, place)));
        }
        boolean goesOn = rawPlace < raw.body().length;
        String soft = goesOn && rawPlace > 0 && raw.body()[rawPlace - 1] != '\n' ? "=\r\n" : "";
        byte[] piece = (soft + new String(QuotedPrintableText.of(added), BYTES)).getBytes(BYTES);
        return new Cut(raw.bodyStart() + rawPlace, raw.bodyStart() + rawPlace, piece);
    }

    /** The whole part in UTF-8, as its charset cannot hold what comes to it. */
    private Optional<List<Cut>> asUtf8(String added, boolean html) {
        Optional<String> text = used().flatMap(charset -> strictly(charset, decoded));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int place = html ? HtmlEnd.of(text.get()) : text.get().length();
        String all = text.get().substring(0, place) + added + text.get().substring(place);
        byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
        String type = PartFields.utf8(part.type());
        return switch (encoding) {
            case BASE64 -> rewritten(type, "base64", base64(bytes));
            case EIGHT_BIT, BINARY -> rewritten(type, encoding == TransferEncoding.BINARY ? "binary" : "8bit", bytes);
            default -> rewritten(type, "quoted-printable", QuotedPrintableText.of(bytes));
        };
    }

    private Optional<List<Cut>> rewritten(String type, String name, byte[] body) {
        return PartFields.rewritten(raw.header(), type, name, part.depth() == 0)
                .map(header -> List.of(new Cut(raw.headerStart(), raw.bodyStart(), header), body(body)));
    }

    private Cut body(byte[] bytes) {
        return new Cut(raw.bodyStart(), raw.bodyEnd(), bytes);
    }

    private byte[] base64(byte[] bytes) {
        byte[] lines =
                Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\r', '\n'}).encode(bytes);
        boolean ended = raw.body().length > 0 && raw.body()[raw.body().length - 1] == '\n';
        return ended || part.depth() == 0 ? (new String(lines, BYTES) + "\r\n").getBytes(BYTES) : lines;
    }

    private byte[] with(byte[] added, int place) {
        return ByteBuffer.allocate(decoded.length + added.length)
                .put(decoded, 0, place)
                .put(added)
                .put(decoded, place, decoded.length - place)
                .array();
    }

    /** What the part says that its charset is, when it is true (RFC 2046 §4.1.2). */
    private Optional<Charset> declared() {
        DecodedText text = part.decodedText();
        String name = part.type().charset().strip();
        if (text.repaired()) {
            return Optional.empty();
        }
        return name.isEmpty()
                ? Optional.of(StandardCharsets.US_ASCII)
                : charset(name).or(this::used);
    }

    private Optional<Charset> used() {
        return charset(part.decodedText().charset());
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Whether bytes of ASCII mean in it what they mean in ASCII. */
    private static boolean holdsAscii(Charset charset) {
        byte[] sample = "<Aa0&#; =\r\n".getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals("<Aa0&#; =\r\n".getBytes(charset), sample);
    }

    private static Optional<String> strictly(Charset charset, byte[] bytes) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException damaged) {
            return Optional.empty();
        }
    }

    private static boolean isSevenBit(byte[] bytes) {
        int line = 0;
        for (byte octet : bytes) {
            line = octet == '\n' ? 0 : line + 1;
            if (octet < 0 || line > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }
}
