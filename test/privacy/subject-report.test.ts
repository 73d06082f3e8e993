import { commands, type VisitCommand } from 'auxilio';
import { createPrivacy, personalFields, subjectReport, subjectReportHtml } from 'auxilio/privacy';
import { visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { assign, at, cancel, center, meetingStore, namedService, readAllRows } from './named-visits.ts';

const now = () => '2026-03-20T15:00:00.000Z';

async function serviceWith(sent: readonly VisitCommand[]) {
  const named = await namedService({ copies: [{ name: 'board', forget: () => undefined }] });
  for (const command of sent) expect(await named.service.handle(command)).toMatchObject({ ok: true });
  return named;
}

const client = (visitId: string) => ({ visitId, subject: 'client' });
const note = { ...client('v-1'), text: 'El apellido es Róxas', by: center, at: at(50) };
const valuesOf = ({ fields }: { fields: readonly { value: unknown }[] } = { fields: [] }) =>
  fields.map(({ value }) => value);

describe('the report of a person', () => {
  it('has each personal field of theirs, with its purpose, its readers and its time', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas'), assign('v-2', 'Beto Soto')]);
    const report = await subjectReport({ privacy, store, person: 'cus-0007', now });
    expect(report).toMatchObject({ format: 'auxilio-subject-report-1', madeAt: now(), person: 'cus-0007' });
    expect(report.copies).toEqual(['board']);
    expect(report.subjects).toMatchObject([{ ...client('v-1'), erased: 0, unopened: 0, notes: [] }]);
    expect(report.subjects[0]?.fields.map(({ path, value }) => [path, value])).toEqual([
      ['/data/caseNumber', 'EXP-4512'],
      ['/data/client/name', 'Ana Rojas'],
      ['/data/service', 'fontanería'],
      ['/data/place', 'Barva de Heredia'],
    ]);
    expect(report.subjects[0]?.fields[1]).toMatchObject({ event: 'VisitAssigned', index: 0, at: at(0) });
    expect(report.subjects[0]?.fields[1]).toMatchObject({
      purpose: 'identify',
      readers: expect.arrayContaining(['auditor']),
    });
    expect(report.subjects[0]?.fields[1]?.recordedAt).toMatch(/^20/);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('has the fields of personalFields alone, in every act of a visit, and of each holder their own', async () => {
    const { commands: all, visitId } = visitAt('completed');
    const { privacy, store } = await serviceWith(all);
    const provider = all[0]?.type === 'AssignVisit' ? all[0].data.provider : { id: '', name: '' };
    const subjects = ['client', `provider/${provider.id}`].map((subject) => ({ visitId, subject }));
    const report = await subjectReport({ privacy, store, subjects });
    const known = new Map(personalFields().map(({ event, path, decision }) => [`${event} ${path}`, decision]));
    for (const { fields } of report.subjects) {
      expect(fields.length).toBeGreaterThan(0);
      for (const { event, path } of fields) {
        const at = path.replaceAll(/\/\d+(?=\/|$)/g, '');
        const decision = known.get(`${event} ${at}`) ?? known.get(`every ${at}`);
        expect([event, path, decision]).toEqual([event, path, expect.objectContaining({ stored: expect.anything() })]);
      }
    }
    expect(valuesOf(report.subjects[1])).toContain(provider.name);
    expect(valuesOf(report.subjects[0])).not.toContain(provider.name);
  });

  it('leaves out what was recorded while the visit named another person', async () => {
    const amend = commands.amendAssignment(
      { visitId: 'v-1', at: at(5), client: { name: 'Beto Soto' }, place: 'Alajuela' },
      center,
      'a-1',
    );
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas'), amend]);
    await privacy.addNote(note);
    const [ana, beto] = await Promise.all(
      ['cus-0007', 'cus-0008'].map((person) => subjectReport({ privacy, store, person })),
    );
    expect(valuesOf(ana?.subjects[0])).toContain('Ana Rojas');
    expect(JSON.stringify(ana)).not.toMatch(/Beto|Alajuela|Róxas/);
    expect(valuesOf(beto?.subjects[0])).toEqual(['Beto Soto', 'Alajuela']);
    expect(beto?.subjects[0]?.notes).toMatchObject([{ text: note.text }]);
  });

  it('counts what was erased, and has the erasure', async () => {
    const { commands: all, visitId } = visitAt('completed');
    const { privacy, store } = await serviceWith(all);
    const subjects = [client(visitId)];
    const before = await subjectReport({ privacy, store, subjects });
    await privacy.erase({ subjects, by: center, erasureId: 'e-1' });
    const after = await subjectReport({ privacy, store, subjects });
    expect(before.subjects).toMatchObject([{ erased: 0, unopened: 0 }]);
    expect(before.subjects[0]?.fields.length).toBeGreaterThan(5);
    expect(after.subjects).toMatchObject([{ fields: [], notes: [] }]);
    const kept = before.subjects[0]?.fields.filter(({ path }) => !/position/.test(path)).length;
    expect(after.subjects[0]?.erased).toBe(kept);
    expect(after.subjects[0]?.unopened).toBeGreaterThan(0);
    expect(after.erasures).toMatchObject([{ erasureId: 'e-1', subjects: [{ ...subjects[0], state: 'erased' }] }]);
  });

  it('is of a person, or of subjects', async () => {
    const { privacy, store } = await namedService();
    await expect(subjectReport({ privacy, store })).rejects.toThrow(TypeError);
    await expect(subjectReport({ privacy, store, person: 'x', subjects: [] })).rejects.toThrow(TypeError);
    expect(await subjectReport({ privacy, store, person: 'x' })).toMatchObject({ subjects: [], erasures: [] });
  });
});

describe('a note beside a visit', () => {
  it('is in the report, the oldest first, and in no row in clear', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas')]);
    const second = await privacy.addNote(note);
    const first = await privacy.addNote({
      ...note,
      at: at(49),
      text: 'Primera',
      by: { role: 'client', id: '88887777' },
    });
    const report = await subjectReport({ privacy, store, person: 'cus-0007' });
    expect(report.subjects[0]?.notes).toEqual([first, second]);
    expect(await readAllRows(store)).not.toMatch(/Róxas|Primera|88887777/);
  });

  it('is gone with the key, and none is added after it', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas'), ...cancel('v-1')]);
    await privacy.addNote(note);
    const other = { ...note, subject: 'provider/prov-14' };
    await privacy.addNote(other);
    await privacy.erase({ subjects: [client('v-1')], by: center });
    expect((await store.readRows('auxilio.notes')).map(({ body }) => body)).toMatchObject([{ subject: other.subject }]);
    expect(await privacy.listNotes(client('v-1'))).toEqual([]);
    await expect(privacy.addNote(note)).rejects.toThrow(/is erased/);
    await privacy.revive([client('v-1')]);
    await privacy.addNote(note);
    expect(await privacy.listNotes(client('v-1'))).toHaveLength(1);
  });

  it('opens in its own place alone', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas')]);
    const { noteId } = await privacy.addNote(note);
    const [row] = await store.readRows('auxilio.notes');
    const body = { ...row?.body, noteId: 'other' };
    const rows = [{ projection: 'auxilio.notes', key: `v-1 client ${noteId}`, body }];
    await store.commitCheckpoint('forge', { expected: 0, cursor: null, rows });
    expect(await privacy.listNotes(client('v-1'))).toEqual([]);
  });

  it('of a subject that is erased right before it is added leaves no row', async () => {
    const { privacy, store, keys, wrapping } = await serviceWith([assign('v-1', 'Unnamed'), ...cancel('v-1')]);
    const meeting = meetingStore(store, () => privacy.erase({ subjects: [client('v-1')], by: center }));
    const late = await createPrivacy({ store: meeting, keys, wrapping });
    await expect(late.addNote(note)).rejects.toThrow(/is erased/);
    expect(await store.readRows('auxilio.notes')).toEqual([]);
  });

  it.each([{ text: ' ' }, { subject: 'Ana' }])('is refused with %j', async (given) => {
    const { privacy } = await namedService();
    await expect(privacy.addNote({ ...note, ...given })).rejects.toThrow(TypeError);
  });
});

describe('the page of a report', () => {
  it('has what the report has, in both languages, and nothing that it fetches or runs', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', 'Ana Rojas')]);
    await privacy.addNote(note);
    const report = await subjectReport({ privacy, store, person: 'cus-0007' });
    const [spanish, english] = [subjectReportHtml(report), subjectReportHtml(report, 'en')];
    for (const page of [spanish, english]) {
      expect(page.includes('default-src &#39;none&#39;')).toBe(true);
      expect(page).not.toMatch(/<script|src=|href=|https?:/);
      for (const text of ['Ana Rojas', 'Barva de Heredia', 'El apellido es Róxas', 'board'])
        expect(page).toContain(text);
    }
    expect(spanish).toContain('<html lang="es-CR">');
    for (const text of ['Cliente, nombre', 'Visita asignada', 'Identificar a la persona', '08:50']) {
      expect(spanish).toContain(text);
    }
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Identify the person');
  });

  it('has texts as texts', async () => {
    const { privacy, store } = await serviceWith([assign('v-1', '<b onclick="x">Ana</b>')]);
    const page = subjectReportHtml(await subjectReport({ privacy, store, subjects: [client('v-1')] }));
    expect(page).toContain('&lt;b onclick=');
    expect(page).not.toContain('<b ');
  });

  it('names each field and each event of a whole visit in words', async () => {
    const { commands: all, visitId } = visitAt('completed');
    const { privacy, store } = await serviceWith(all);
    const subjects = ['client', 'representative'].map((subject) => ({ visitId, subject }));
    const report = await subjectReport({ privacy, store, subjects });
    const page = subjectReportHtml(report);
    const names = [...page.matchAll(/<th scope="row">([^<]*)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => /[a-z][A-Z]|\/|^[a-z]/.test(name ?? ''))).toEqual([]);
    expect(page).toContain('No hay datos que se puedan leer.');
  });
});
