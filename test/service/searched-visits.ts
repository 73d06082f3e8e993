import { expect } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { PrivacyOfService } from '../../src/privacy.ts';
import { catchUp, createService, rebuildSearch, searchProjector, searchVisits } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { offlineMix, type SimulatedVisit, simulate } from '../../src/testing.ts';

export const simulated = (visits: number, seed = 5): SimulatedVisit[] => [
  ...simulate({ visits, seed, mix: { ...offlineMix, offline: 0.8, handedOver: 0.3 } }),
];

/** Records a part of each visit as it was simulated. */
export async function recordVisits(
  store: EventStore<never>,
  visits: readonly SimulatedVisit[],
  part = 1,
  privacy?: PrivacyOfService,
) {
  const service = createService({ store, ...(privacy && { privacy }) });
  for (const { visitId, requests } of visits) {
    for (const request of requests.slice(0, Math.ceil(requests.length * part))) {
      if (request.kind === 'command') await service.handle(request.command);
      else if (request.kind === 'settlement') await service.settle(request.command);
      else {
        const [first] = request.commands;
        if (first === undefined) continue;
        const { basedOn, commands } = request;
        await service.sync({ visitId, basedOn, commands }, first.metadata.actor);
      }
    }
  }
  return service;
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** The fold of the logs: the visits whose case number, client or providers have a word that begins so. */
function visitsByScan(logs: ReadonlyMap<string, readonly VisitEvent[]>, query: string): string[] {
  const found = [...logs].filter(([, log]) => {
    const words = log.flatMap((event) => {
      if (event.type === 'VisitAssigned')
        return [event.data.caseNumber, event.data.client.name, event.data.provider.name];
      return event.type === 'ProviderReassigned' ? [event.data.provider.name] : [];
    });
    return words
      .join(' ')
      .split(' ')
      .some((word) => plain(word).startsWith(plain(query)));
  });
  return found.map(([visitId]) => visitId).sort();
}

/** The law of the search: rows written as events come, from the beginning, or scanned in the logs, find the same visits. */
export async function findsWhatTheLogsSay(store: EventStore<never>, visits: readonly SimulatedVisit[]): Promise<void> {
  await recordVisits(store, visits, 0.4);
  await catchUp({ ...searchProjector(store), batchSize: 7 });
  const service = await recordVisits(store, visits);
  await catchUp({ ...searchProjector(store), batchSize: 3 });
  const logs = new Map<string, readonly VisitEvent[]>();
  for (const { visitId } of visits) logs.set(visitId, (await service.load(visitId)).events);
  const queries = [...logs.values()].flatMap(([first]) => {
    if (first?.type !== 'VisitAssigned') return [];
    const { client, provider, caseNumber } = first.data;
    const surname = client.name.split(' ').at(-1) ?? '';
    return [surname.slice(0, 3).toUpperCase(), provider.name.split(' ')[0] ?? '', caseNumber.toLowerCase()];
  });
  const answers = async () => {
    const found: [string, string[]][] = [];
    for (const query of new Set(queries)) {
      const { visits: all } = await searchVisits(store, query, { maxCount: 100 });
      found.push([query, all.map(({ visitId }) => visitId).sort()]);
    }
    return found;
  };
  const incremental = await answers();
  expect(incremental).toEqual([...new Set(queries)].map((query) => [query, visitsByScan(logs, query)]));
  expect(incremental.every(([, found]) => found.length > 0)).toBe(true);
  const rows = await store.readRows('auxilio-search-1', { maxCount: 10_000 });
  expect((await rebuildSearch(store, { batchSize: 11 })).parked).toEqual([]);
  expect(await store.readRows('auxilio-search-1', { maxCount: 10_000 })).toEqual(rows);
  expect(await answers()).toEqual(incremental);
}
