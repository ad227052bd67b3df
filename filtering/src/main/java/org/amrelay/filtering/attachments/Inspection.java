// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.List;

/**
 * What is in the attachments of a message.
 *
 * @param unscannable paths of what could not be looked into
 */
public record Inspection(List<Attachment> attachments, List<String> unscannable) {}
