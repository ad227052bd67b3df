// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.Set;

/**
 * One leaf or container found in a message. Immutable.
 *
 * @param path where it is: the path of the part, then names, such as {@code 1.2/report.zip/inner.exe}
 * @param name its own name without folders as it was given, empty when it has none
 * @param declaredType what the message says that it is, a media type in lower case; empty inside of archives
 * @param trueType what it is by its bytes, a media type in lower case
 * @param size its size in bytes, decoded and unpacked; what was read when a limit ended that
 * @param sha256 of the same bytes, in small hexadecimal digits; empty when it could not be read to its end
 * @param traits words in kebab case, such as executable, macro, encrypted, double-extension
 * @param text what could be read cheaply, empty when nothing
 */
public record Attachment(
        String path,
        String name,
        String declaredType,
        String trueType,
        long size,
        String sha256,
        Set<String> traits,
        String text) {
    public Attachment {
        traits = Set.copyOf(traits);
    }
}
