import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { commands, type VisitCommand } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createPrivacy, type NamingAct } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';
import { assign, at, cancel, center, meetingStore, namedService, readAllRows, subjectsOf } from './named-visits.ts';

type Named = Awaited<ReturnType<typeof namedService>>;

async function handleAll({ service }: Pick<Named, 'service'>, sent: readonly VisitCommand[]): Promise<void> {
  for (const command of sent) expect(await service.handle(command)).toMatchObject({ ok: true });
}

const whole = (visitId: string, to: number) => ({ visitId, subject: 'client', spans: [[0, to]] });
const erased = (visitId: string) => [{ visitId, subject: 'client' }];

const amend = (visitId: string, name: string) =>
  commands.amendAssignment({ visitId, at: at(5), client: { name } }, center, `amend-${visitId}`);

describe('a person is found across visits', () => {
  it('by their name in the system of the host, in each visit that names them', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas'), assign('v-2', 'Beto Soto'), assign('v-3', 'Ana Rojas')]);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([whole('v-1', 1), whole('v-3', 1)]);
    expect(await named.privacy.visitsOf('cus-0008')).toEqual([whole('v-2', 1)]);
    expect(await named.privacy.visitsOf('staff-prov-14')).toHaveLength(3);
    expect(await named.privacy.visitsOf('cus-000')).toEqual([]);
  });

  it('by whom an amendment and another provider name', async () => {
    const named = await namedService();
    const provider = { id: 'prov-22', name: 'Eva Mena' };
    await handleAll(named, [
      assign('v-1', 'Ana Roja'),
      amend('v-1', 'Ana Rojas'),
      commands.giveInstruction(
        { visitId: 'v-1', at: at(6), about: 'visit', decision: 'reassign', text: 'Otra persona' },
        center,
        'i-1',
      ),
      commands.reassignProvider({ visitId: 'v-1', at: at(6), provider, arriveBy: at(55) }, center, 'r-1'),
    ]);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([{ visitId: 'v-1', subject: 'client', spans: [[1, 4]] }]);
    expect(await named.privacy.visitsOf('staff-prov-22')).toMatchObject([{ subject: 'provider/prov-22' }]);
  });

  it('up to the act that names another one as the same subject', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas'), amend('v-1', 'Beto Soto')]);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([whole('v-1', 1)]);
    expect(await named.privacy.visitsOf('cus-0008')).toEqual([{ visitId: 'v-1', subject: 'client', spans: [[1, 2]] }]);
  });

  it('in no visit of another one, where an assignment that named them was refused', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Beto Soto')]);
    expect(await named.service.handle(assign('v-1', 'Ana Rojas', 'again'))).toMatchObject({ ok: false });
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([]);
    expect(await named.privacy.visitsOf('cus-0008')).toEqual([whole('v-1', 1)]);
  });

  it('in a recorded fact, too', async () => {
    const named = await privateService({ subjectsOf }, { factRecorders: ['contact-center'] });
    const plain = createService({ store: memoryStore() });
    await plain.handle(assign('v-1', 'Ana Rojas'));
    const [fact] = (await plain.load('v-1')).events;
    if (fact === undefined) throw new Error('expected a fact');
    await named.service.record(fact, center);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([whole('v-1', 1)]);
  });

  it('from plain texts, which a host may look up later', async () => {
    const acts: NamingAct[] = [];
    const named = await namedService({
      subjectsOf: async (act) => {
        acts.push(act);
        return subjectsOf(act);
      },
    });
    await handleAll(named, [assign('v-1', 'Ana Rojas'), ...cancel('v-1')]);
    expect(acts).toMatchObject([{ type: 'VisitAssigned', data: { client: { name: 'Ana Rojas' } } }]);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([whole('v-1', 3)]);
  });

  it('in none without subjectsOf, which then costs no row', async () => {
    const named = await privateService();
    await handleAll(named, [assign('v-1', 'Ana Rojas')]);
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([]);
    expect(await named.store.readRows('auxilio.persons')).toEqual([]);
    expect(await named.keys.read(['index persons'])).toEqual([]);
  });

  it('writes a row once, however often a command is repeated', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas')]);
    const rows = await readAllRows(named.store);
    await handleAll(named, [assign('v-1', 'Ana Rojas')]);
    expect(await readAllRows(named.store)).toBe(rows);
  });

  it.each([
    [[{ subject: 'Ana', person: 'cus-1' }], /answers subjects/],
    [[{ subject: 'client', person: ' ' }], /not blank/],
    [undefined, /a list/],
  ])('refuses what is no naming, %j, and writes nothing', async (answer, message) => {
    const named = await namedService({ subjectsOf: () => answer as never });
    await expect(named.service.handle(assign('v-1', 'Ana Rojas'))).rejects.toThrow(message);
    expect((await named.service.load('v-1')).events).toEqual([]);
  });
});

describe('the index of persons', () => {
  it('has neither a person nor one that is guessed, without the index key', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas'), assign('v-2', 'Beto Soto')]);
    const raw = await readAllRows(named.store);
    const guesses = Array.from({ length: 10_000 }, (_, nth) => `cus-${String(nth).padStart(4, '0')}`);
    const keys = [new Uint8Array(32), utf8ToBytes('index persons'), utf8ToBytes('auxilio/persons/1')];
    const forms = guesses.flatMap((guess) => [
      guess,
      bytesToHex(sha256(guess)),
      bytesToHex(sha256(`hash\0${guess}`)),
      ...keys.map((key) => bytesToHex(hmac(sha256, key, utf8ToBytes(`hash\0${guess}`)))),
    ]);
    expect(forms).toContain('cus-0007');
    expect(forms.filter((form) => raw.includes(form))).toEqual([]);
  });

  it('has other names of the same person under another key', async () => {
    const tokens = await Promise.all(
      [1, 2].map(async () => {
        const named = await namedService();
        await handleAll(named, [assign('v-1', 'Ana Rojas')]);
        return (await named.store.readRows('auxilio.persons'))[0]?.key;
      }),
    );
    expect(tokens[0]).toMatch(/^p [0-9a-f]{64} v-1 /);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it('loses the rows of an erased subject, and of no other one', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas'), ...cancel('v-1'), assign('v-10', 'Ana Rojas')]);
    await named.privacy.erase({ subjects: erased('v-1'), by: center });
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([whole('v-10', 1)]);
    expect(await named.privacy.visitsOf('staff-prov-14')).toHaveLength(2);
    const rows = (await named.store.readRows('auxilio.persons')).map(({ key }) => key);
    expect(rows.filter((key) => / v-1 client/.test(key))).toEqual([]);
    expect(rows.filter((key) => / v-10 client/.test(key))).toHaveLength(2);
  });

  it('loses them once the visit ends, where it had not', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas')]);
    await named.privacy.erase({ subjects: erased('v-1'), by: center });
    expect(await named.privacy.visitsOf('cus-0007')).toHaveLength(1);
    await handleAll(named, cancel('v-1'));
    await named.privacy.continueErasures();
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([]);
    expect(await readAllRows(named.store)).not.toContain('v-1 client');
  });

  it('finds no erased subject by a row that an old copy brought back', async () => {
    const named = await namedService();
    await handleAll(named, [assign('v-1', 'Ana Rojas'), ...cancel('v-1')]);
    const rows = await named.store.readRows('auxilio.persons');
    await named.privacy.erase({ subjects: erased('v-1'), by: center });
    const back = rows.map((row) => ({ projection: 'auxilio.persons', ...row }));
    await named.store.commitCheckpoint('restore', { expected: 0, cursor: null, rows: back });
    expect(await named.privacy.visitsOf('cus-0007')).toEqual([]);
  });

  it('keeps each of two writers who name persons at once', async () => {
    const named = await namedService();
    const { store, keys, wrapping } = named;
    const other = createService({ store, privacy: await createPrivacy({ keys, wrapping, store, subjectsOf }) });
    const visits = Array.from({ length: 40 }, (_, nth) => `v-${nth}`);
    await Promise.all(
      visits.map((visitId, nth) => (nth % 2 === 0 ? named.service : other).handle(assign(visitId, 'Ana Rojas'))),
    );
    expect((await named.privacy.visitsOf('cus-0007')).map(({ visitId }) => visitId).sort()).toEqual(visits.sort());
  });

  it('keeps the rows of a provider whose id begins with that of the erased one', async () => {
    const both = (ids: readonly string[]) => () => ids.map((id) => ({ subject: `provider/${id}`, person: id }));
    const named = await namedService({ subjectsOf: both(['prov-1', 'prov-14']) });
    await handleAll(named, [assign('v-1', 'Ana Rojas'), ...cancel('v-1')]);
    await named.privacy.erase({ subjects: [{ visitId: 'v-1', subject: 'provider/prov-1' }], by: center });
    expect(await named.privacy.visitsOf('prov-1')).toEqual([]);
    expect(await named.privacy.visitsOf('prov-14')).toHaveLength(1);
  });

  it('has no row of a subject that is erased right before they are named', async () => {
    const named = await namedService();
    const { store, keys, wrapping } = named;
    await handleAll(named, [assign('v-1', 'Unnamed'), ...cancel('v-1')]);
    let erasures = 0;
    const meeting = meetingStore(store, async () => {
      erasures += 1;
      await named.privacy.erase({ subjects: erased('v-1'), by: center });
    });
    const late = await createPrivacy({ keys, wrapping, store: meeting, subjectsOf });
    await createService({ store, privacy: late }).handle(assign('v-1', 'Ana Rojas', 'late'));
    expect(erasures).toBe(1);
    const rows = (await store.readRows('auxilio.persons')).map(({ key }) => key);
    expect(rows.filter((key) => key.includes(' v-1 client'))).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });
});
