// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.mime.MediaType;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.mime.TransferEncoding;

/** A part while the structure of its message is being found. For one thread. */
final class PartDraft {
    final String path;
    final int depth;
    final List<HeaderField> fields = new ArrayList<>();
    final List<PartDraft> children = new ArrayList<>();
    final Set<MimeFlaw> flaws = EnumSet.noneOf(MimeFlaw.class);
    /** Pieces of a text that are files of their own. */
    final List<InlineBlock> blocks = new ArrayList<>();

    MediaType type = MediaType.PLAIN;
    TransferEncoding encoding = TransferEncoding.SEVEN_BIT;
    Optional<byte[]> boundary = Optional.empty();
    BodyBytes body = BodyBytes.none();
    Optional<String> blockName = Optional.empty();
    boolean isDigest;
    boolean boundaryFound;
    boolean closed;
    /** Where its header starts in the message; -1 when it does not stand there as it is. */
    long headerStart = -1;

    long bodyStart;
    long bodyEnd;

    PartDraft(String path, int depth) {
        this.path = path;
        this.depth = depth;
    }

    PartDraft addChild() {
        PartDraft child = new PartDraft(path + '.' + (children.size() + 1), depth + 1);
        children.add(child);
        return child;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }
}
