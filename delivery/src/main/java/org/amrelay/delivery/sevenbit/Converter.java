// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.amrelay.delivery.sevenbit.Structure.Place;

/** The message as its plan wants it, as a stream; holds one piece of a line in its old and its new form. */
final class Converter extends InputStream {
    private final InputStream original;
    private final LinePieces pieces;
    private final Plan plan;
    private final Structure structure = new Structure();
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private ByteArrayInputStream ready = new ByteArrayInputStream(new byte[0]);
    private Optional<BodyEncoder> encoder = Optional.empty();
    private boolean lineEndIsDue;
    private boolean atEnd;

    Converter(InputStream original, Plan plan) {
        this.original = original;
        this.pieces = new LinePieces(original);
        this.plan = plan;
    }

    @Override
    public int read() throws IOException {
        return makeReady() ? ready.read() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        return makeReady() ? ready.read(target, offset, length) : -1;
    }

    private boolean makeReady() throws IOException {
        while (ready.available() == 0) {
            if (atEnd) {
                return false;
            }
            made.reset();
            if (pieces.next()) {
                convert(structure.take(pieces));
            } else {
                atEnd = true;
                endPart();
            }
            ready = new ByteArrayInputStream(made.toByteArray());
        }
        return true;
    }

    private void convert(Place place) {
        switch (place) {
            case FIELD -> field();
            case END_OF_HEADER -> endHeader();
            case BODY -> body();
            case DELIMITER -> {
                endPart();
                copy();
            }
        }
    }

    private void field() {
        boolean replaced = structure.isInEncodingField()
                && plan.steps().containsKey(structure.header().number());
        if (!replaced) {
            copy();
        }
    }

    private void endHeader() {
        PartHeader header = structure.ended();
        Optional<Plan.Step> step =
                Optional.ofNullable(plan.steps().get(header.number())).filter(Plan.Step::encodes);
        if (step.isPresent()) {
            if (header.isMessage() && !header.hasVersion()) {
                write("MIME-Version: 1.0\r\n");
            }
            if (!header.hasContentType()) {
                // RFC 1428 §3: what the characters are nobody has said
                write("Content-Type: text/plain; charset=unknown-8bit\r\n");
            }
            boolean base64 = step.get() == Plan.Step.BASE64;
            write("Content-Transfer-Encoding: " + (base64 ? "base64" : "quoted-printable") + "\r\n");
            encoder = Optional.of(BodyEncoder.of(step.get(), made));
        }
        write("\r\n");
    }

    private void body() {
        if (encoder.isEmpty()) {
            copy();
            return;
        }
        BodyEncoder to = encoder.get();
        if (lineEndIsDue) {
            to.lineEnd();
        }
        to.text(pieces.bytes(), pieces.from(), pieces.to());
        // The line end before a delimiter belongs to that (RFC 2046 §5.1.1)
        lineEndIsDue = pieces.endsLine();
    }

    private void endPart() {
        encoder.ifPresent(open -> {
            if (lineEndIsDue && atEnd) {
                open.lineEnd();
            }
            open.end();
            if (lineEndIsDue && !(atEnd && open.isAtLineStart())) {
                write("\r\n");
            }
        });
        encoder = Optional.empty();
        lineEndIsDue = false;
    }

    private void copy() {
        made.write(pieces.bytes(), pieces.from(), pieces.to() - pieces.from());
        if (pieces.endsLine()) {
            write("\r\n");
        }
    }

    private void write(String text) {
        made.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        original.close();
    }
}
