import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { audit, type Id, type VisitEvent } from 'auxilio';
import { createPrivacy } from 'auxilio/privacy';
import { createService, type VisitService } from 'auxilio/service';
import type { FieldPhotos, FieldStore } from '../../examples/field/server/field.ts';
import { photoKeysIn } from '../../examples/field/server/photo-keys.ts';
import { photosIn } from '../../examples/field/server/photos.ts';
import { type FieldRow, fieldBoard, keyedTables } from '../../examples/field/server/read-models.ts';
import { sealRows } from '../../examples/field/server/sealed-rows.ts';
import { keysIn } from '../../examples/field/server/stored-keys.ts';
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
  const keys = keysIn(folder, join(folder, 'wrapping'));
  const privacy = await createPrivacy({ ...keys, store });
  const rows = await sealRows(store, keys.wrapping, privacy, keyedTables);
  const photos = photosIn(join(folder, 'photos'))(photoKeysIn(rows, privacy));
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
    const { events: opened, restore } = await privacy.open(events);
    wrong.push(...(await missingPhotos(opened, photos)));
    const row = fieldBoard.row({ streamName: `visit-${visitId}`, state, events, integrity });
    if (row !== null) expected.set(visitId, restore(row));
  }
  for (const { commandId, visitId, by } of answered) {
    const count = found.get(commandId) ?? 0;
    if (count !== 1) wrong.push(`${commandId} of ${by} in ${visitId} is on record ${count} times`);
  }
  for (const [n, board] of boards.entries())
    wrong.push(...differences(expected, board).map((text) => `console ${n}: ${text}`));
  await keys.keys.close?.();
  return { wrong, logs: visitIds.length, ...counts };
}

/** The commands of a log, and those in its reports; each once, though a settlement takes a report's act on record. */
function idsIn(events: readonly VisitEvent[]): readonly (readonly ['accepted' | 'reported', Id])[] {
  const accepted = new Set(events.flatMap(({ metadata }) => metadata?.commandId ?? []));
  const reports = events.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  const reported = reports.map(({ commandId }) => commandId);
  return [...[...accepted].map((id) => ['accepted', id] as const), ...reported.map((id) => ['reported', id] as const)];
}

async function missingPhotos(events: readonly VisitEvent[], photos: FieldPhotos): Promise<readonly string[]> {
  const taken = new Map<Id, string>();
  const wrong: string[] = [];
  for (const { type, data } of events) {
    if (type === 'PhotosTaken') for (const { photoId, sha256 } of data.photos) taken.set(photoId, sha256.toLowerCase());
    if (type !== 'PhotosSubmitted' || data.channel === 'email') continue;
    for (const photoId of data.photoIds) {
      const sha256 = taken.get(photoId);
      if (sha256 === undefined) continue;
      const photo = await photos.read(sha256);
      const bytes = photo && new Uint8Array(await new Response(photo.body).arrayBuffer());
      const isThere = bytes && createHash('sha256').update(bytes).digest('hex') === sha256;
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
