// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.bounce.report.LooseHeader;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.bounce.report.ReportPart;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;

/** Finds what a notice returns of the message that it is about. */
final class Originals {
    private static final int LONGEST_ID = 500;

    private Originals() {}

    static OriginalReference in(ReportMessage message, SaidText text) {
        for (ReportPart part : message.of(Kind.ORIGINAL)) {
            LooseHeader header = ReportMessage.read(part.text().stripLeading()).header();
            if (isHeader(header)) {
                return reference(header);
            } else if (isHeader(part.header())) {
                // No empty line between the part's header and that of the original
                return reference(part.header());
            }
        }
        LooseHeader quoted = text.original().header();
        return isHeader(quoted) ? reference(quoted) : OriginalReference.none();
    }

    private static boolean isHeader(LooseHeader header) {
        return header.has("message-id") || header.has("from") || header.has("to") || header.has("received");
    }

    private static OriginalReference reference(LooseHeader header) {
        List<String> to = new ArrayList<>();
        header.all("to").forEach(value -> to.addAll(AddressScanner.addresses(value)));
        header.all("cc").forEach(value -> to.addAll(AddressScanner.addresses(value)));
        List<String> from = header.first("from").map(AddressScanner::addresses).orElse(List.of());
        Optional<String> id = header.first("message-id").map(String::strip).filter(Originals::isId);
        return new OriginalReference(id, Optional.empty(), from, to);
    }

    private static boolean isId(String id) {
        return id.startsWith("<") && id.endsWith(">") && id.length() > 3 && id.length() <= LONGEST_ID;
    }
}
