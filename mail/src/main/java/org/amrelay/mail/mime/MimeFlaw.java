// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.Locale;

/** What is broken in a message, or was left out of a view on it; the name with hyphens is what people and rules read. */
public enum MimeFlaw {
    /** A header is longer than the limit; its rest was left out. */
    HEADER_TOO_LARGE,
    /** A header has more fields than the limit; the others were left out. */
    TOO_MANY_FIELDS,
    /** A line of a header is no field. */
    BROKEN_FIELD,
    /** An encoded word cannot be decoded (RFC 2047). */
    BAD_ENCODED_WORD,
    /** A header has bytes beyond ASCII without a declaration, which are not UTF-8 (RFC 6532). */
    EIGHT_BIT_HEADER,
    /** A NUL byte in a header or in text. */
    NUL_BYTE,
    /** A line ends with a bare CR or a bare LF. */
    BARE_LINE_END,
    /** The empty line between header and body is missing. */
    MISSING_BLANK_LINE,
    /** A field of which there may be one is there more often (RFC 5322 §3.6, RFC 2045 §3). */
    DUPLICATE_FIELD,
    /** A part has several names that differ. */
    CONFLICTING_NAMES,
    /** Parameters of a field are no list of names and values, or their sections have gaps (RFC 2231). */
    BAD_PARAMETER,
    /** A Content-Type is none (RFC 2045 §5.1). */
    BAD_CONTENT_TYPE,
    /** A date is none (RFC 5322 §3.3). */
    BAD_DATE,
    /** A multipart has no boundary parameter, or no line that is its boundary. */
    BOUNDARY_MISSING,
    /** A multipart does not end with its closing boundary. */
    BOUNDARY_UNCLOSED,
    /** A part stands behind the closing boundary of its multipart. */
    PART_AFTER_END,
    /** Parts are nested deeper than the limit; what lies deeper was not looked into. */
    TOO_DEEP,
    /** There are more parts than the limit; the others were not looked into. */
    TOO_MANY_PARTS,
    /** A part says that it is base64 and is not, or not only. */
    BAD_BASE64,
    /** A part says that it is quoted-printable and is not, or not only. */
    BAD_QUOTED_PRINTABLE,
    /** An uuencoded block is broken or has no end. */
    BAD_UUENCODE,
    /** A yEnc block is broken or has no end. */
    BAD_YENC,
    /** A Content-Transfer-Encoding that nobody knows. */
    UNKNOWN_ENCODING,
    /** A multipart or message says that it is base64 or quoted-printable, which is forbidden (RFC 2045 §6.4). */
    ENCODED_CONTAINER,
    /** A message that is declared as something else. */
    HIDDEN_MESSAGE,
    /** A charset that nobody knows, or that the text does not fit. */
    UNKNOWN_CHARSET,
    /** Bytes of a text stand for nothing in its charset. */
    BAD_CHARSET,
    /** A part is longer than what may be decoded of it. */
    TRUNCATED_PART,
    /** A text is longer than the limit; its rest was left out. */
    TRUNCATED_TEXT,
    /** There are more links, forms or images than the limit; the others were left out. */
    TOO_MANY_LINKS;

    /** The name for people and rules, such as {@code too-deep}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return text();
    }
}
