// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.List;

/**
 * A message to be looked at without danger.
 *
 * @param text of its text parts, without control characters; of the HTML where there is no text
 * @param html sanitised; empty when the message has none
 * @param links where its links lead
 * @param attachments type, name and size in words
 * @param isWhole whether nothing was left out because of its length
 */
public record Preview(
        MessageSummary summary,
        String text,
        String html,
        List<String> links,
        List<String> attachments,
        boolean isWhole) {
    public Preview {
        links = List.copyOf(links);
        attachments = List.copyOf(attachments);
    }
}
