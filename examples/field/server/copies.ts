/** Copies of the texts of visits that this host makes outside their logs: they go with the key of the client. */
import type { Id } from 'auxilio';
import type { RowChange } from 'auxilio/memory';
import type { CopyOfTexts } from 'auxilio/privacy';
import { readAll, writeRows } from '../../http/rows.ts';
import type { Field } from './field.ts';
import { forgetClientNumbers } from './telephones.ts';

/** The copies of texts, each of which forgets the visits whose client is erased. */
export function copiesOf(field: () => Field): readonly CopyOfTexts[] {
  const copy = (name: string, forget: (field: Field, visitIds: ReadonlySet<Id>) => Promise<void>): CopyOfTexts => ({
    name,
    async forget(subjects) {
      const clients = subjects.filter(({ subject }) => subject === 'client').map(({ visitId }) => visitId);
      if (clients.length > 0) await forget(field(), new Set(clients));
    },
  });
  return [
    copy('host-rows', forgetRows),
    copy('quarantine', forgetBatches),
    copy('photographs', forgetPhotos),
    copy('screens', ({ announcements }, visitIds) => announcements.forget(visitIds)),
  ];
}

const NAME = 'field-forgetting-1';

/** The tables whose keys begin with the id of a visit. */
const ofVisits = [
  'field-notes-1',
  'field-claims-1',
  'field-disagreements-1',
  'field-reads-1',
  'field-client-door-ids-1',
];

/** Forgets notes, claims, disagreements, readings, the client's door and telephone. */
async function forgetRows(field: Field, visitIds: ReadonlySet<Id>): Promise<void> {
  await writeRows(field.rows, NAME, async () => {
    const found = await Promise.all([...visitIds].map((visitId) => rowsOf(field, visitId)));
    return found.flat().map((row): RowChange => ({ ...row, body: null }));
  });
  await forgetClientNumbers(field, visitIds);
}

type Place = Pick<RowChange, 'projection' | 'key'>;

async function rowsOf({ rows, clientDoors }: Field, visitId: Id): Promise<Place[]> {
  const own = await Promise.all(ofVisits.map((projection) => placesIn(rows, projection, visitId)));
  const doorId = (await clientDoors.ofVisits.read(visitId))?.doorId;
  const doors = doorId === undefined ? [] : [{ projection: 'field-client-doors-1', key: doorId }];
  return [...own.flat(), ...doors];
}

/** The rows of a table whose keys are the id of a visit, or begin with it and a space. */
async function placesIn(rows: Field['rows'], projection: string, visitId: Id): Promise<Place[]> {
  const found = await rows.readRows(projection, { after: `${visitId} `, maxCount: 1000 });
  const keys = found.map(({ key }) => key).filter((key) => key.startsWith(`${visitId} `));
  return [visitId, ...keys].map((key) => ({ projection, key }));
}

/** Removes the bodies of the photographs that no other visit names. */
async function forgetPhotos(field: Field, visitIds: ReadonlySet<Id>): Promise<void> {
  const { models, photoKeys, photos, holdings } = field;
  await models.catchUp('namings');
  for (const sha256 of await photoKeys.findOf(visitIds)) {
    await photos.remove(sha256);
    await holdings.forget(sha256);
  }
  await photoKeys.forget(visitIds);
}

/** Forgets the batches that were decided. One that waits for a decision has acts that no log has: it is not lost, and is asked for again. */
async function forgetBatches({ rows, quarantine }: Field, visitIds: ReadonlySet<Id>): Promise<void> {
  const decided = 'app-quarantine-decided-1';
  type Batch = Readonly<{ quarantineId: Id; visitId: Id }>;
  await writeRows(rows, NAME, async () =>
    (await readAll<Batch>(rows, decided))
      .filter(({ visitId }) => visitIds.has(visitId))
      .map(({ quarantineId: key }) => ({ projection: decided, key, body: null })),
  );
  const waits = (await quarantine.waiting()).some(({ visitId }) => visitIds.has(visitId));
  if (waits) throw new Error('A batch of the visit waits for a decision');
}
