import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { createService, type ServiceOptions, type ServiceStore } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';

export const NOW = '2026-03-17T15:00:00.000Z';

/** The command with an id. */
export function sent(commandId: string, asked: VisitCommand): VisitCommand {
  return { ...asked, metadata: { ...asked.metadata, commandId } };
}

export const assign = sent('c-assign', command('AssignVisit', assignment));
export const arrive = sent('c-arrive', command('RecordArrival', {}));

/** An act that nothing refuses once a visit is assigned. */
export function breach(n: number): VisitCommand {
  return sent(`c-breach-${n}`, command('ReportConductBreach', { kind: 'smoking', detail: `number ${n}` }));
}

/** A service whose clock stands still, and which numbers its commands. */
export function serviceOn(store: ServiceStore = memoryStore(), options: Partial<ServiceOptions> = {}) {
  let n = 0;
  return createService({
    store,
    now: () => NOW,
    newId: () => `own-${++n}`,
    ...options,
  });
}

/** The store, with something done before and after each append. */
export function around(
  store: EventStore,
  { before, after }: { before?: (attempt: number) => Promise<unknown>; after?: (attempt: number) => Promise<unknown> },
): EventStore {
  let attempt = 0;
  return {
    ...store,
    appendToStream: async (streamName, events, options) => {
      attempt += 1;
      const own = attempt;
      await before?.(own);
      const answer = await store.appendToStream(streamName, events, options);
      await after?.(own);
      return answer;
    },
  };
}
