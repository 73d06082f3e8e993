import { describe, expect, it } from 'vitest';
import { exportHead, seal, verifyChain } from '../../src/chain.ts';
import { type AuditLogOptions, auditLog, type VisitAudit } from '../../src/logs.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { collect } from './support.ts';

const bare = [...simulate({ visits: 3, seed: 5 })].map(({ events }) => events);
const logs = bare.map((events) => seal(events));
const lines = logs.map((log) => log.map((event) => JSON.stringify(event)));
const [one = [], two = [], three = []] = lines;
const heads = new Map(logs.map((log, at) => [`sim-${at + 1}`, exportHead(log)!]));
const interleaved = one.flatMap((line, at) => [line, ...two.slice(at, at + 1)]).concat(two.slice(one.length), three);

async function audits(text: readonly string[], options: AuditLogOptions = {}): Promise<Record<string, VisitAudit>> {
  const found = await collect(auditLog(text, options));
  return Object.fromEntries(found.map((visit) => [visit.visitId ?? '', visit]));
}

const faultsOf = async (text: readonly string[], options: AuditLogOptions = {}) =>
  Object.fromEntries(
    Object.entries(await audits(text, options)).map(([id, { chain, audit }]) => {
      const findings = audit.findings.filter(({ kind }) => kind === 'chain');
      expect(findings.map(({ index, facts }) => ({ index, ...facts }))).toEqual(chain?.faults ?? []);
      if (findings.length > 0) expect(audit.clean).toBe(false);
      return [id, chain?.faults.map(({ index, fault }) => `${index} ${fault}`)];
    }),
  );

describe('auditLog verifies seals', () => {
  it('of a visit that carries none, where its head was kept: each event lacks its own', async () => {
    const events = bare[0] ?? [];
    const head = heads.get('sim-1')!;
    const found = await audits(
      events.map((event) => JSON.stringify(event)),
      { heads: new Map([['sim-1', head]]) },
    );
    expect(found['sim-1']?.chain).toEqual(verifyChain(events, head));
    expect(found['sim-1']?.chain?.faults.length).toBeGreaterThanOrEqual(events.length);
  });

  it('of each visit that carries them, and reports as verifyChain does', async () => {
    const found = await audits(interleaved);
    for (const [at, log] of logs.entries()) expect(found[`sim-${at + 1}`]?.chain).toEqual(verifyChain(log));
    expect(Object.values(found).every(({ audit }) => audit.clean)).toBe(true);
    expect((await audits(interleaved, { dossier: true }))['sim-1']?.dossier?.chain).toEqual({
      intact: true,
      head: heads.get('sim-1'),
      sealedFrom: 0,
    });
  });

  it('and reports nothing of a visit without seals', async () => {
    const [visit] = await collect(auditLog(bare[0]!.map((event) => JSON.stringify(event))));
    expect(visit).not.toHaveProperty('chain');
    expect(visit?.audit.clean).toBe(true);
  });

  it.each([
    ['a changed name', one.with(0, one[0]!.replace(/"name":"[^"]*"/, '"name":"Eva Rojas"')), '0 changed'],
    ['a deleted line', one.toSpliced(4, 1), '4 dropped'],
    ['a line that cannot be read', one.with(4, one[4]!.slice(0, 60)), '4 unsealed'],
    [
      'a time that stands twice',
      one.with(4, one[4]!.replace('"at":', '"at":"2026-03-17T09:00:00.000Z","at":')),
      '4 changed',
    ],
    ['one that is spelt otherwise', one.with(4, one[4]!.replace('"at":', '"\\u0061t" : "x", "at":')), '4 changed'],
    ['a seal that was taken away', one.with(4, one[4]!.replace(/"hash":"[^"]*"/, '"note":1')), '4 unsealed'],
  ])('finds %s, at its line', async (_, changed, fault) => {
    expect(await faultsOf([...two, ...changed, ...three])).toMatchObject({
      'sim-1': [fault],
      'sim-2': [],
      'sim-3': [],
    });
    const { audit } = (await audits([...two, ...changed]))['sim-1']!;
    const line = audit.findings.find(({ kind }) => kind === 'chain')?.line;
    expect(line).toBe(two.length + 1 + Number(fault[0]));
  });

  it('accepts an unsealed beginning, but no gap after it', async () => {
    const beginning = bare[0]!.slice(0, 3).map((event) => JSON.stringify(event));
    const rest = seal(bare[0]!.slice(3)).map((event) => JSON.stringify(event));
    const { chain, audit } = (await audits([...beginning, ...rest]))['sim-1']!;
    expect(chain).toMatchObject({ intact: true, sealedFrom: 3 });
    expect(audit.clean).toBe(true);
    const hole = JSON.stringify(bare[0]![5]);
    expect(await faultsOf([...beginning, ...rest.with(2, hole)])).toEqual({ 'sim-1': ['5 unsealed'] });
    expect(await faultsOf([...beginning, ...rest.with(-1, hole)])).toMatchObject({
      'sim-1': expect.arrayContaining([`${bare[0]!.length - 1} unsealed`]),
    });
  });

  it.each([1, 2, 3])(
    'as verifyChain does where the first %i lost their seals, of which a later one names one',
    async (count) => {
      const stripped = logs[0]!.map((event, at) => (at < count ? { ...bare[0]![at]! } : event));
      const { chain } = (await audits(stripped.map((event) => JSON.stringify(event))))['sim-1']!;
      expect(chain).toEqual(verifyChain(stripped));
      const named = bare[0]!.map((event, at) =>
        at < count
          ? { ...event, metadata: { previousHash: at === 0 ? undefined : logs[0]![at - 1]!.metadata.hash } }
          : logs[0]![at]!,
      );
      const { chain: found } = (await audits(named.map((event) => JSON.stringify(event))))['sim-1']!;
      expect(found).toEqual(verifyChain(JSON.parse(JSON.stringify(named))));
      const head = { count, hash: logs[0]![count - 1]!.metadata.hash };
      const headed = await audits(
        named.map((event) => JSON.stringify(event)),
        { heads: new Map([['sim-1', head]]) },
      );
      expect(headed['sim-1']?.chain).toEqual(verifyChain(JSON.parse(JSON.stringify(named)), head));
    },
  );

  it('unless they are not to be verified', async () => {
    const changed = one.with(0, one[0]!.replace(/"name":"[^"]*"/, '"name":"Eva Rojas"'));
    const found = await audits(changed, { verify: false, heads });
    expect(Object.keys(found)).toEqual(['sim-1']);
    const { chain, audit } = found['sim-1']!;
    expect(chain).toBe(undefined);
    expect(audit.clean).toBe(true);
  });

  it('refuses options that are not known, by name', async () => {
    await expect(collect(auditLog(one, { head: heads } as AuditLogOptions))).rejects.toThrow(/auditLog.*head/);
  });
});

describe('auditLog with heads', () => {
  it('confirms what leads to its head, and finds an end that is missing', async () => {
    expect(await faultsOf(interleaved, { heads })).toEqual({ 'sim-1': [], 'sim-2': [], 'sim-3': [] });
    const cut = [...one.slice(0, -2), ...two, ...three];
    expect(await faultsOf(cut)).toMatchObject({ 'sim-1': [] });
    expect(await faultsOf(cut, { heads })).toMatchObject({ 'sim-1': [`${one.length - 2} cut`], 'sim-2': [] });
    const { audit } = (await audits(cut, { heads }))['sim-1']!;
    expect(audit.findings.find(({ kind }) => kind === 'chain')?.line).toBe(one.length - 2);
  });

  it('finds a log that was stripped of its seals', async () => {
    const stripped = bare[0]!.map((event) => JSON.stringify(event));
    expect((await audits(stripped, { heads }))['sim-1']?.audit.clean).toBe(false);
  });

  it('reports a visit of which no line is left, last', async () => {
    const found = await collect(auditLog([...one, ...two], { heads, dossier: true }));
    expect(found.map(({ visitId }) => visitId)).toEqual(['sim-1', 'sim-2', 'sim-3']);
    const [, , lost] = found;
    expect(lost).toMatchObject({ lines: [], continued: false, audit: { clean: false } });
    expect(lost?.chain).toMatchObject({ intact: false, head: null, faults: [{ index: 0, fault: 'cut' }] });
    expect(lost?.audit.findings).toEqual([{ index: 0, kind: 'chain', facts: { fault: 'cut' }, line: 0 }]);
  });
});
