/** The acknowledgements that writers received during the recording, and the expected events. */
import { createHash } from 'node:crypto';
import { type AppendRecord, checkHistory } from 'auxilio/testing';

/** A record of an append, and when it was written down. */
export type Timed = Readonly<{ at: number; record: AppendRecord }>;

export const now = (): number => performance.timeOrigin + performance.now();

/** An event whose content follows from its id. */
export function eventOf(eventId: string) {
  const pad = createHash('sha256').update(eventId).digest('hex').repeat(6);
  return { type: 'T', data: { eventId, pad }, metadata: { eventId } };
}

type Stored = Readonly<{ streamName: string; messageId: string; streamPosition: bigint; text: string }>;

/** Lists the faults of a store that was opened after a power cut. */
export function faultsAt(timed: readonly Timed[], at: number, stored: readonly Stored[]): unknown[] {
  const streams = new Map<string, { id: string; version: number }[]>();
  const faults: unknown[] = [];
  for (const { streamName, messageId, streamPosition, text } of stored) {
    const stream = streams.get(streamName) ?? [];
    streams.set(streamName, stream);
    stream.push({ id: messageId, version: Number(streamPosition) });
    if (text !== JSON.stringify(eventOf(messageId))) faults.push(`${messageId} is not what was appended`);
  }
  // What was acknowledged later may be there as well.
  const told = timed.filter((one) => one.at < at || one.record.type === 'invoke').map(({ record }) => record);
  const held = [...streams].map(([stream, events]) => ({ stream, events }));
  return [...faults, ...checkHistory(told, held)];
}

/** Moments at which the power fails, by chance: many right after an acknowledgement. */
export function moments(
  timed: readonly Timed[],
  from: number,
  to: number,
  count: number,
  random: () => number,
): number[] {
  const acknowledged = timed.filter(({ record }) => record.type === 'ok').map(({ at }) => at);
  return Array.from({ length: count }, (_, n) => {
    const near = acknowledged[Math.floor(random() * acknowledged.length)];
    return n % 2 === 0 && near !== undefined ? near + 0.01 + 2 * random() : from + random() * (to - from);
  });
}
