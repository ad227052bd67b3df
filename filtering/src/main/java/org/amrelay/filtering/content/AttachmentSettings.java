// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** An attachment that a rule asks for; all that is given must hold of one attachment, of a list one. */
public record AttachmentSettings(
        @Parameter(description = "file names with * and ?, without regard to case")
        List<String> name,

        @Parameter(description = "true or declared media types, such as application/pdf or image/*")
        List<String> type,

        @Parameter(description = "SHA-256 of the content in hexadecimal digits")
        List<String> sha256,

        @Parameter(description = "what was found out about it, such as executable, macro, encrypted or unscannable")
        List<String> trait,

        @Parameter(description = "it has more than that") Optional<DataSize> largerThan,

        SourceLine line) {}
