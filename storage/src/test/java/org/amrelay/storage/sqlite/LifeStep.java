// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

/** What can happen to mail, to the relay and to its disk. */
enum LifeStep {
    ADD,
    HAND_OVER,
    QUARANTINE,
    KEEP_BACK,
    LET_OUT,
    THROW_OUT,
    EXPAND,
    RETRY_ITEM,
    GIVE_ITEM_BACK,
    REMOVE_ITEMS,
    DELIVER,
    DEFER,
    BOUNCE,
    GIVE_DELIVERY_BACK,
    HOLD,
    RELEASE,
    CANCEL,
    RETRY,
    FORGET,
    RESTART,
    DISK_FAILS,
    DISK_WORKS
}
