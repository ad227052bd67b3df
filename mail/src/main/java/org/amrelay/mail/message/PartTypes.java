// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.Optional;
import org.amrelay.mail.mime.MediaType;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.mime.TransferEncoding;

/** What a part says about its type and encoding; of fields that are there twice the first counts. Stateless. */
final class PartTypes {
    private PartTypes() {}

    static void read(PartDraft draft, boolean inDigest) {
        Optional<HeaderField> type = only(draft, "content-type");
        Optional<HeaderField> encoding = only(draft, "content-transfer-encoding");
        only(draft, "content-disposition");
        draft.type =
                type.map(field -> MediaType.parse(field.body())).orElse(inDigest ? MediaType.MESSAGE : MediaType.PLAIN);
        draft.encoding =
                encoding.map(field -> TransferEncoding.named(field.body())).orElse(TransferEncoding.SEVEN_BIT);
        if (!draft.type.isIntact()) {
            draft.flaws.add(MimeFlaw.BAD_CONTENT_TYPE);
        }
        if (!draft.type.parameters().isIntact()) {
            draft.flaws.add(MimeFlaw.BAD_PARAMETER);
        }
        if (draft.encoding == TransferEncoding.UNKNOWN) {
            draft.flaws.add(MimeFlaw.UNKNOWN_ENCODING);
        }
        boolean container = draft.type.isMultipart() || draft.type.isMessage();
        if (container && draft.encoding.encodes()) {
            draft.flaws.add(MimeFlaw.ENCODED_CONTAINER);
        }
    }

    private static Optional<HeaderField> only(PartDraft draft, String key) {
        Optional<HeaderField> first = Optional.empty();
        for (HeaderField field : draft.fields) {
            // The name is compared by length first: nearly all are others
            if (field.name().length() == key.length() && field.name().equalsIgnoreCase(key)) {
                if (first.isPresent()) {
                    draft.flaws.add(MimeFlaw.DUPLICATE_FIELD);
                    return first;
                }
                first = Optional.of(field);
            }
        }
        return first;
    }
}
