import { readFileSync } from 'node:fs';
import { commands } from 'auxilio';
import {
  type Erasure,
  type OpenedVisit,
  type Purpose,
  type Reader,
  type SubjectErasure,
  subjectReport,
} from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { describe, expect, it } from 'vitest';
import { openVisit } from '../../src/cli/commands/privacy.ts';
import { isObject } from '../../src/util/json.ts';
import { privateService } from '../privacy/fixture.ts';
import { assign, at, cancel, center } from '../privacy/named-visits.ts';

const now = () => '2026-03-17T14:59:00.000Z';
const client = (visitId: string) => ({ visitId, subject: 'client' });

/** Replaces the parts of a report that chance makes. */
const fixed = <Value>(value: Value): Value => {
  const names: Readonly<Record<string, string>> = { noteId: 'note-1', epoch: 'epoch-1' };
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      typeof inner === 'string' && Object.hasOwn(names, key) ? names[key] : inner,
    ),
  );
};

/** The reports of the page: of a client whose one visit is open and whose other one is erased, and of those visits. */
async function makeReports() {
  const copies = [{ name: 'outbox', forget: () => undefined }];
  const { store, privacy } = await privateService({ copies, now });
  const service = createService({ store, privacy, now });
  const issue = { visitId: 'v-1', at: at(20), position: { latitude: 9.9981, longitude: -84.1198, accuracyMeters: 12 } };
  const arrival = commands.recordArrival(issue, { role: 'provider', id: 'prov-14' }, 'c-2');
  for (const command of [assign('v-1', 'Ana Rojas'), arrival, assign('v-2', 'Ana Rojas'), ...cancel('v-2')])
    expect(await service.handle(command)).toMatchObject({ ok: true });
  await privacy.addNote({ ...client('v-1'), text: 'Mi apellido es Roxas', by: center, at: at(50) });
  await privacy.erase({ subjects: [client('v-2')], by: center, erasureId: 'req-31', reason: 'request' });
  return {
    subject: fixed(await subjectReport({ privacy, store, subjects: [client('v-1'), client('v-2')], now })),
    visit: fixed(await openVisit({ store, privacy }, 'v-2')),
  };
}
/** The paths of a report, as the page writes them; an object of one person, a value and an event are not entered. */
function listPaths(value: unknown, at = ''): string[] {
  if (Array.isArray(value) && value.some(isObject))
    return [`${at}[]`, ...value.flatMap((one) => listPaths(one, `${at}[]`))];
  if (!isObject(value) || Array.isArray(value) || /(?:by|value|events\[\])$/.test(at)) return [at];
  return Object.entries(value).flatMap(([name, inner]) => listPaths(inner, at === '' ? name : `${at}.${name}`));
}

const unique = (texts: Iterable<string>) => [...new Set(texts)].sort();

/** The fields of a report. A list that is empty in one place is that of another, which has items. */
function fieldsOf(report: unknown): string[] {
  const paths = unique(listPaths(report));
  return paths.filter((path) => !paths.includes(`${path}[]`));
}

/** The fields in the tables of a part of a page. */
const fieldsIn = (part: string) => unique([...part.matchAll(/^\| `([^`]+)` \|/gm)].map(([, field]) => field ?? ''));

const purposes: Readonly<Record<Purpose, 0>> = {
  identify: 0,
  locate: 0,
  serve: 0,
  communicate: 0,
  prove: 0,
  supervise: 0,
};
const readers: Readonly<Record<Reader, 0>> = { provider: 0, 'contact-center': 0, client: 0, auditor: 0 };
const states: Readonly<Record<SubjectErasure['state'], 0>> = { waiting: 0, recorded: 0, erased: 0 };
const waits: Readonly<Record<Erasure['waitsFor'], 0>> = { rotation: 0, operator: 0, none: 0 };
const faults: Readonly<Record<OpenedVisit['unopened'][number]['fault'], 0>> = {
  ...{ erased: 0, changed: 0, malformed: 0 },
  ...{ 'other-key-or-place': 0, 'unknown-version': 0 },
};

describe.each(['docs/reference/portability.md', 'docs/es-CR/portabilidad.md'])('the formats on %s', (path) => {
  const page = readFileSync(path, 'utf8');
  const [, ofPerson = '', ofVisit = ''] = page.split(/^## /m);

  it('have each field of a report of a person, and no other', async () => {
    const { subject } = await makeReports();
    expect(fieldsIn(ofPerson)).toEqual(fieldsOf(subject));
    expect(ofPerson).toContain(`\`${subject.format}\``);
    const [, example = ''] = /```json\n(.*?)```/s.exec(ofPerson) ?? [];
    expect(JSON.parse(example)).toEqual(subject);
  });

  it('have each field of a report of a visit, and no other', async () => {
    const { visit } = await makeReports();
    const own = fieldsOf(visit).filter((field) => !field.startsWith('erasures[].subjects[].'));
    expect(fieldsIn(ofVisit)).toEqual(own);
    expect(ofVisit).toContain(`\`${visit.format}\``);
  });

  it('have each word of a list', () => {
    const words = [purposes, readers, states, waits, faults].flatMap((list) => Object.keys(list));
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });
});
