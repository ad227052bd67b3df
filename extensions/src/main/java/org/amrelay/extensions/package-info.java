// SPDX-License-Identifier: Apache-2.0
/**
 * Puts storage and delivery engine into a stock James, beside the mailets and matchers that it loads by name.
 *
 * <p>Entry types: {@link org.amrelay.extensions.RelayExtensionModule} for {@code guice.extension.module} and
 * {@link org.amrelay.extensions.RelayStart} for {@code guice.extension.startable} in {@code extensions.properties}, whose
 * other lines {@link org.amrelay.extensions.ExtensionSettings} declares. Queue, users and spooler stay James' own: what
 * is promised about the spool holds in the distribution only; from {@code RelayDelivery} on it holds here too.
 */
@NullMarked
package org.amrelay.extensions;

import org.jspecify.annotations.NullMarked;
