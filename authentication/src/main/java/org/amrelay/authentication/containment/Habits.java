// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The most that an account has on its days, learned when a day is over and fading by days of use.
 *
 * <p>A day teaches only when it is over, or a burst would be its own excuse; days without mail teach nothing, so that a
 * holiday is not forgetting.
 */
final class Habits {
    /** A run once a month is still known after a month of daily mail. */
    private static final double FADING = 0.985;
    /** To a new account everybody is new: that is soon forgotten. */
    private static final double FADING_AT_FIRST = 0.7;

    private static final double LEARNED_SHARE = 0.2;
    /** So few recipients say nothing about a share. */
    private static final int TELLING = 5;

    private final double[] recipients = new double[Traffic.Span.values().length];
    private final double[] strangers = new double[recipients.length];
    private final double[] recipientsToday = new double[recipients.length];
    private final double[] strangersToday = new double[recipients.length];
    private final double[] hours = new double[24];
    private double networks = 1;
    private double networksToday;
    private double share = 1;
    private int allToday;
    private int unknownToday;
    private int days;

    void note(Traffic traffic, int all, int unknown, int hour, int networksNow) {
        for (Traffic.Span span : Traffic.Span.values()) {
            int i = span.ordinal();
            recipientsToday[i] = Math.max(recipientsToday[i], traffic.recipients(span));
            strangersToday[i] = Math.max(strangersToday[i], traffic.strangers(span));
        }
        hours[hour]++;
        networksToday = Math.max(networksToday, networksNow);
        allToday += all;
        unknownToday += unknown;
    }

    void endDay(boolean learning) {
        double fading = learning ? FADING_AT_FIRST : FADING;
        for (int i = 0; i < recipients.length; i++) {
            recipients[i] = Math.max(recipients[i] * FADING, recipientsToday[i]);
            strangers[i] = Math.max(strangers[i] * fading, strangersToday[i]);
            recipientsToday[i] = 0;
            strangersToday[i] = 0;
        }
        for (int i = 0; i < hours.length; i++) {
            hours[i] *= FADING;
        }
        networks = Math.max(networks * FADING, networksToday);
        networksToday = 0;
        if (allToday >= TELLING) {
            share += LEARNED_SHARE * ((double) unknownToday / allToday - share);
        }
        allToday = 0;
        unknownToday = 0;
        days++;
    }

    void forgetToday() {
        Arrays.fill(recipientsToday, 0);
        Arrays.fill(strangersToday, 0);
        networksToday = 0;
        allToday = 0;
        unknownToday = 0;
    }

    double recipients(Traffic.Span span) {
        return recipients[span.ordinal()];
    }

    double strangers(Traffic.Span span) {
        return strangers[span.ordinal()];
    }

    double networks() {
        return networks;
    }

    /** Of new among all recipients, usually. */
    double share() {
        return share;
    }

    int days() {
        return days;
    }

    /** How much of all mail comes in this hour and those beside it; 1 while there is too little to tell. */
    double around(int hour) {
        double all = 0;
        for (double count : hours) {
            all += count;
        }
        double near = hours[hour] + hours[(hour + 1) % 24] + hours[(hour + 23) % 24];
        return all < 50 ? 1 : near / all;
    }

    void writeTo(DataOutputStream out) throws IOException {
        BaselineCodec.write(out, recipients);
        BaselineCodec.write(out, strangers);
        BaselineCodec.write(out, recipientsToday);
        BaselineCodec.write(out, strangersToday);
        BaselineCodec.write(out, hours);
        BaselineCodec.write(out, new double[] {networks, networksToday, share});
        BaselineCodec.write(out, new int[] {allToday, unknownToday, days});
    }

    void readFrom(DataInputStream in) throws IOException {
        BaselineCodec.read(in, recipients);
        BaselineCodec.read(in, strangers);
        BaselineCodec.read(in, recipientsToday);
        BaselineCodec.read(in, strangersToday);
        BaselineCodec.read(in, hours);
        networks = BaselineCodec.amount(in);
        networksToday = BaselineCodec.amount(in);
        share = BaselineCodec.amount(in);
        allToday = BaselineCodec.count(in, Integer.MAX_VALUE);
        unknownToday = BaselineCodec.count(in, Integer.MAX_VALUE);
        days = BaselineCodec.count(in, Integer.MAX_VALUE);
    }
}
