// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Clock;
import org.amrelay.storage.spool.SpoolItem;

/** What the stores share. */
record Parts(
        Clock clock,
        Writer writer,
        Readers readers,
        Space space,
        Ids ids,
        Bodies bodies,
        Intake intake,
        SpoolRows spoolRows,
        SpoolIndex spoolIndex,
        Fresh<SpoolItem> freshItems,
        DeliveryRows deliveryRows,
        LaneIndex laneIndex,
        DeliveryClaims deliveryClaims,
        Fresh<PreparedDelivery> freshDeliveries) {}
