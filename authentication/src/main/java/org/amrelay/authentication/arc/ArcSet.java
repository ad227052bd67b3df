// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.util.List;
import org.amrelay.authentication.syntax.TagList;
import org.amrelay.mail.message.HeaderField;

/**
 * The three fields that one hop added (RFC 8617 §4.2).
 *
 * @param payload of the results, behind their instance
 */
record ArcSet(
        int instance,
        HeaderField results,
        String payload,
        HeaderField messageSignature,
        TagList messageTags,
        HeaderField seal,
        TagList sealTags) {
    /** In the order in which a seal covers them (RFC 8617 §5.1.1). */
    List<HeaderField> fields() {
        return List.of(results, messageSignature, seal);
    }

    /** {@code cv=} of the seal. */
    String chainStatus() {
        return sealTags.get("cv").orElse("");
    }
}
