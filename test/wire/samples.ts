import type { Actor, CommandOf, CommandType, EventOf } from '../../src/messages/index.ts';
import { sampleData } from '../../src/testing/sample-data.ts';
import { acts } from '../../src/wire/schemas.ts';

export const AT = '2026-03-09T14:05:00.000Z';
const SHA = 'a'.repeat(64);
const occurred = { visitId: 'visit-1', at: AT };

export const provider: Actor = { role: 'provider', id: 'prov-1' };
const operator: Actor = { role: 'contact-center', id: 'op-1' };

/** For each command its data with every field, in the order of the protocol. */
export const samples = Object.fromEntries(
  Object.entries(sampleData).map(([type, data]) => [type, { ...occurred, ...data }]),
) as unknown as { readonly [T in CommandType]: CommandOf<T>['data'] };

export const commandTypes = Object.keys(samples) as CommandType[];

/** The fields that only the event has, except its author. */
const extras: { readonly [T in CommandType]?: object } = {
  AssignVisit: { edition: SHA },
  TestQuality: { passed: true },
  CloseVisit: { outcome: 'rescheduled' },
};

/** A whole command, `changes` laid over its data. */
export const command = (type: CommandType, changes: object = {}) => ({
  type,
  data: { ...samples[type], ...changes },
  metadata: { actor: operator, commandId: 'cmd-1' },
});

/** The whole event of a command, keys in order, `changes` laid over its data. */
export const event = (type: CommandType, changes: object = {}) => {
  const { edition: _edition, ...data } = samples[type] as { edition?: string };
  return {
    type: acts[type].event,
    data: { ...data, by: provider, recordedBy: operator, ...extras[type], ...changes },
    metadata: { schemaVersion: 1, eventId: 'ev-1', commandId: 'cmd-1', commandHash: SHA, recordedAt: AT },
  } as EventOf<CommandType>;
};

/** The same value without some of its keys. */
export function without<T extends object>(value: T, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** The same JSON with the keys of every object turned round. */
export function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}
