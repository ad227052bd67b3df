// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

/**
 * A kind of failure between two servers (RFC 8460 §4.3).
 *
 * @param result like {@code certificate-expired}
 * @param sendingIp ours, or empty text when there was no connection
 * @param receivingHost the mail exchanger, or empty text
 * @param receivingIp its address, or empty text
 */
public record FailureDetail(String result, String sendingIp, String receivingHost, String receivingIp) {}
