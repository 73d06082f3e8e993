import type { Actor, VisitEvent } from 'auxilio';
import { actors, visitAt } from 'auxilio/testing';

const begun = visitAt('working').events;
const lastAt = Date.parse(begun.at(-1)?.data.at ?? '');
const client: Actor = { role: 'client', id: 'client' };
const material = { item: 'tubo', quantity: 2, unit: 'm' };

/** One event of a round, without its visit and its time. */
type Told = readonly [VisitEvent['type'], Actor, object];

/** A round of work: photographs are taken, sent and put on file, materials are asked for and come, there is a break. */
function round(number: number, at: string): Told[] {
  const photoIds = [`foto-${number}-a`, `foto-${number}-b`];
  const photos = photoIds.map((photoId) => ({ photoId, sha256: '0'.repeat(64), takenAt: at }));
  return [
    ['PhotosTaken', actors.provider, { photos }],
    ['PhotosSubmitted', actors.provider, { photoIds, channel: 'app' }],
    ['PhotosDocumented', actors.operator, { photoIds }],
    ['ExtraMaterialsRequested', actors.provider, { materials: [material] }],
    ['MaterialsSupplied', client, { suppliedBy: 'client', items: [material] }],
    ['MaterialsAccepted', actors.provider, {}],
    ['Paused', actors.provider, { kind: 'break' }],
    ['Resumed', actors.provider, { kind: 'break' }],
  ];
}

/** A lawful visit of so many events, as a store hands them out: it begins to work, and then works round after round. */
export function longVisit(visitId: string, length: number): VisitEvent[] {
  const events: object[] = begun.slice(0, length).map(({ type, data }) => ({ type, data: { ...data, visitId } }));
  for (let number = 1; events.length < length; number++) {
    const at = new Date(lastAt + number * 600_000).toISOString();
    for (const [type, by, data] of round(number, at)) events.push({ type, data: { visitId, at, ...data, by } });
  }
  return JSON.parse(JSON.stringify(events.slice(0, length)));
}
