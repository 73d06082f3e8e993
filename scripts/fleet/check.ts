import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, type Id, type VisitEvent } from 'auxilio';
import { createService, type VisitService } from 'auxilio/service';
import type { FieldStore } from '../../examples/field/server/field.ts';
import { type FieldRow, fieldBoard } from '../../examples/field/server/read-models.ts';
import type { Answered } from './phone.ts';

export type Checked = Readonly<{
  wrong: readonly string[];
  logs: number;
  events: number;
  accepted: number;
  reported: number;
}>;

/** Checks what a fleet left: every answered act is on record once, the logs are clean, photographs are there, boards agree. */
export async function checkFleet(
  store: FieldStore,
  folder: string,
  visitIds: readonly Id[],
  answered: readonly Answered[],
  boards: readonly ReadonlyMap<Id, FieldRow>[],
): Promise<Checked> {
  const wrong: string[] = [];
  const service: VisitService = createService({ store });
  const expected = new Map<Id, FieldRow>();
  const counts = { events: 0, accepted: 0, reported: 0 };
  const found = new Map<Id, number>();
  for (const visitId of visitIds) {
    const { events, state, integrity } = await service.load(visitId);
    counts.events += events.length;
    const { clean, findings } = audit(events);
    if (!clean)
      wrong.push(`${visitId} is not clean: ${JSON.stringify(findings.filter(({ kind }) => kind !== 'measure')[0])}`);
    for (const [kind, id] of idsIn(events)) {
      found.set(id, (found.get(id) ?? 0) + 1);
      counts[kind] += 1;
    }
    wrong.push(...missingPhotos(events, folder));
    const row = fieldBoard.row({ streamName: `visit-${visitId}`, state, events, integrity });
    if (row !== null) expected.set(visitId, row);
  }
  for (const { commandId, visitId, by } of answered) {
    const count = found.get(commandId) ?? 0;
    if (count !== 1) wrong.push(`${commandId} of ${by} in ${visitId} is on record ${count} times`);
  }
  for (const [n, board] of boards.entries())
    wrong.push(...differences(expected, board).map((text) => `console ${n}: ${text}`));
  return { wrong, logs: visitIds.length, ...counts };
}

/** The commands of a log, and those in its reports; each once, though a settlement takes a report's act on record. */
function idsIn(events: readonly VisitEvent[]): readonly (readonly ['accepted' | 'reported', Id])[] {
  const accepted = new Set(events.flatMap(({ metadata }) => metadata?.commandId ?? []));
  const reports = events.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  const reported = reports.map(({ commandId }) => commandId);
  return [...[...accepted].map((id) => ['accepted', id] as const), ...reported.map((id) => ['reported', id] as const)];
}

function missingPhotos(events: readonly VisitEvent[], folder: string): readonly string[] {
  const taken = new Map<Id, string>();
  const wrong: string[] = [];
  for (const { type, data } of events) {
    if (type === 'PhotosTaken') for (const { photoId, sha256 } of data.photos) taken.set(photoId, sha256.toLowerCase());
    if (type !== 'PhotosSubmitted' || data.channel === 'email') continue;
    for (const photoId of data.photoIds) {
      const sha256 = taken.get(photoId);
      if (sha256 === undefined) continue;
      const path = join(folder, 'photos', sha256);
      const isThere = existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sha256;
      if (!isThere) wrong.push(`the photograph ${photoId} of ${data.visitId} is said to be sent, and is not there`);
    }
  }
  return wrong;
}

function differences(expected: ReadonlyMap<Id, FieldRow>, board: ReadonlyMap<Id, FieldRow>): readonly string[] {
  const ids = new Set([...expected.keys(), ...board.keys()]);
  return [...ids].flatMap((id) => {
    const [one, other] = [JSON.stringify(expected.get(id)), JSON.stringify(board.get(id))];
    return one === other ? [] : [`${id} is ${other ?? 'missing'}, not ${one ?? 'on the board'}`.slice(0, 400)];
  });
}
