// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageContent;

/**
 * A mail that enters the relay from within, such as a notice to a sender; it is accepted like any other.
 *
 * @param name unique name, the id under which logs and trace show it
 */
public record NewMail(String name, Envelope envelope, MessageContent content) {}
