// SPDX-License-Identifier: Apache-2.0
/**
 * The spooler: takes mails from the spool, runs the processors of {@code mailetcontainer.xml}, ends or postpones them.
 *
 * <p>Entry types: {@link org.amrelay.server.processing.ProcessingModule} and
 * {@link org.amrelay.server.processing.RelaySpooler}. Processing is a transaction: its effects are collected and become durable
 * together, or nothing has happened and the mail is tried later. Each mailet, stock ones too, is watched for what it does to
 * recipients, so that the ledger knows for each of them what became of it and by whom. A mail that cannot be processed
 * again and again is kept in the error repository; it is never bounced for a fault of ours and never lost.
 */
@NullMarked
package org.amrelay.server.processing;

import org.jspecify.annotations.NullMarked;
