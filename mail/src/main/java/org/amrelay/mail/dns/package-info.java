// SPDX-License-Identifier: Apache-2.0
/**
 * What the domain name system says, with the differences that mail policies live on.
 *
 * <p>Entry type: {@link org.amrelay.mail.dns.Dns}. An answer knows records from <em>no such name</em> (NXDOMAIN), <em>no
 * data of that type</em>, a failing server and a time-out; the last two are never a reason to refuse or bounce.
 * {@link org.amrelay.mail.dns.ResolvingDns} asks recursive servers, {@link org.amrelay.mail.dns.ZoneFileDns} answers from
 * an RFC 1035 master file (tests, explanations). Never blocks; never follows the resolver of the Java runtime.
 */
@NullMarked
package org.amrelay.mail.dns;

import org.jspecify.annotations.NullMarked;
