// SPDX-License-Identifier: Apache-2.0
/**
 * What may be configured, declared once: a record whose components carry {@link org.amrelay.mail.settings.Parameter}.
 *
 * <p>Entry type: {@link org.amrelay.mail.settings.SettingsReader}, which fills such a record from names and values and
 * reports every mistake at once; {@link org.amrelay.mail.settings.YamlSettings} does the same for a YAML text, with the
 * line of each mistake. {@link org.amrelay.mail.settings.Declaration} lists what a record declares, for reference pages
 * and checks. The record's constructor holds the rules between parameters. No state, all threads.
 *
 * <p>Reads no file and no environment of its own: what {@code ${NAME:default}} may see is handed in.
 */
@NullMarked
package org.amrelay.mail.settings;

import org.jspecify.annotations.NullMarked;
