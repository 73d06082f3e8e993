import type { MemoryStore } from 'auxilio/memory';
import type { SubscriptionOptions } from 'auxilio/service';
import type { MqttClient } from 'mqtt';

/**
 * Publishes every event to a broker, at least once and in the order of its visit. The log is the outbox: an event that is stored is
 * published some time, whatever fails in between, and none is published that was not stored. A consumer drops the ids that it has
 * seen. The message has no data of the event, and so no text about a person: who may read more asks the service.
 */
export const outbox = (store: MemoryStore, client: MqttClient): SubscriptionOptions => ({
  store,
  consumer: 'broker',
  handle: async ({ events }) => {
    for (const { type, data, metadata } of events) {
      const { messageId: id, streamPosition } = metadata;
      const message = { id, type, visitId: data.visitId, version: String(streamPosition), at: data.at };
      // QoS 1: the promise is kept once the broker has the message. If it fails, the subscription tries again.
      await client.publishAsync(`visits/${data.visitId}`, JSON.stringify(message), { qos: 1 });
    }
  },
});
