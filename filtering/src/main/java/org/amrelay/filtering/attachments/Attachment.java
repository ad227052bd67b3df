// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.Set;

/**
 * One leaf or container found in a message.
 *
 * @param path like {@code 2/report.zip/inner.exe}
 * @param declaredType lower-case media type
 * @param trueType lower-case media type
 * @param traits kebab-case words such as executable, macro, encrypted, double-extension
 */
public record Attachment(
        String path,
        String name,
        String declaredType,
        String trueType,
        long size,
        String sha256,
        Set<String> traits,
        String text) {}
