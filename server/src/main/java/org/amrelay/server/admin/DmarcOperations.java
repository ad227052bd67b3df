// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** What others report of mail in our name. */
public interface DmarcOperations {
    /** Who sends in the name of a domain, or of all when empty, by the reports of the last days; worst first. */
    List<Answers.DmarcSource> sources(String domain, int days, int limit);

    /** Single messages that failed, by the reports of the last days; latest first. */
    List<Answers.DmarcFailure> failures(String domain, int days, int limit);
}
