// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

class MemoryDeliveryStoreTest implements DeliveryStoreContract {
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();

    @Override
    public DeliveryStore store() {
        return store;
    }
}
