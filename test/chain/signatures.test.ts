import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ActKey, type ActKeyPair, type SignatureStatus, seal, signAct, verifyActs } from '../../src/chain.ts';
import {
  audit,
  commands,
  decide,
  dossier,
  reconcile,
  replay,
  type VisitCommand,
  type VisitEvent,
} from '../../src/index.ts';
import { visitAt } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';
import { copyOf } from './logs.ts';

const client = { role: 'client', id: 'cli-1' } as const;
const provider = { role: 'provider', id: 'prov-1' } as const;
const { visitId, next: at, events } = visitAt('completed');
const given = seal(events) as VisitEvent[];
const version = given.length;
const head = given.at(-1)?.metadata?.hash ?? null;

const generate = () => crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
const enrol = async ({ publicKey }: ActKeyPair, actor: ActKey['actor']): Promise<ActKey> => ({
  key: await crypto.subtle.exportKey('jwk', publicKey),
  actor,
});

const words = dossier(events).facts.map(({ fact, recorded }) => ({ fact, recorded, agrees: true }));
const attest = (id = 'c-1') => commands.attestFacts({ visitId, at, facts: words }, client, id);

let own: ActKeyPair;
let keys: readonly ActKey[];
let log: readonly VisitEvent[];
let signature: string;

/** The log after a command, sealed as a service seals it. */
function recorded(command: VisitCommand, before: readonly VisitEvent[] = given): VisitEvent[] {
  const decision = decide(command, replay(before));
  const { actor, ...metadata } = command.metadata;
  const made = decision.ok ? decision.events.map((event) => ({ ...event, metadata })) : [];
  return [...before, ...(seal(made as VisitEvent[], before.at(-1)?.metadata?.hash) as VisitEvent[])];
}

const lastOf = async (entries: readonly unknown[], known = keys): Promise<SignatureStatus | undefined> =>
  (await verifyActs(entries, known)).acts.at(-1)?.status;

/** The log with its last event changed. */
const withLast = (change: (event: VisitEvent) => object): unknown[] => [
  ...log.slice(0, -1),
  change(copyOf(log.at(-1)!)),
];

beforeAll(async () => {
  own = await generate();
  keys = [await enrol(own, client)];
  const signed = await signAct(attest(), { key: own, basedOn: version, head });
  signature = signed.metadata.signature;
  log = recorded(signed);
});

describe('the signature of an act', () => {
  it('verifies, and says by which key and of which log', async () => {
    const { acts } = await verifyActs(log, keys);
    expect(acts).toHaveLength(version + 1);
    expect(acts.slice(0, -1).every(({ status, signed }) => status === 'unsigned' && signed === null)).toBe(true);
    expect(acts.at(-1)).toMatchObject({
      ...{ index: version, act: null, recorder: client, status: 'valid' },
      signed: { basedOn: version, head, kid: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  it('is read by the wire, and has one header', () => {
    expect(parseEvent(log.at(-1))).toMatchObject({ ok: true });
    const [header = ''] = signature.split('.');
    expect(Object.keys(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))))).toEqual([
      ...['alg', 'basedOn', 'head', 'kid'],
    ]);
  });

  it('verifies where the parser has normalised a text', async () => {
    const denied = words.map((word, nth) =>
      nth === 0 ? { ...word, agrees: false, what: 'No llegó a mi casa, señor' } : word,
    );
    const decomposed = denied.map((word) => ('what' in word ? { ...word, what: word.what.normalize('NFD') } : word));
    const said = commands.attestFacts({ visitId, at, facts: decomposed }, client, 'c-1');
    const signed = await signAct(said, { key: own, basedOn: version, head });
    const parsed = { ...signed, data: { visitId, at, facts: denied } } as VisitCommand;
    expect(await lastOf(recorded(parsed))).toBe('valid');
  });

  it.each<[string, (event: VisitEvent) => object]>([
    ['another time', (event) => ({ ...event, data: { ...event.data, at: '2026-03-09T23:00:00.000Z' } })],
    ['another visit', (event) => ({ ...event, data: { ...event.data, visitId: 'visit-2' } })],
    ['a fact less', (event) => ({ ...event, data: { ...event.data, facts: words.slice(1) } })],
    [
      'a fact denied',
      (event) => ({ ...event, data: { ...event.data, facts: words.with(0, { ...words[0]!, agrees: false }) } }),
    ],
    ['a field more', (event) => ({ ...event, data: { ...event.data, extra: 1 } })],
    ['another command', (event) => ({ ...event, metadata: { ...event.metadata, commandId: 'c-2' } })],
    ['another type', (event) => ({ ...event, type: 'FarewellGiven' })],
  ])('is invalid under %s', async (_, change) => {
    expect(await lastOf(withLast(change))).toBe('invalid');
  });

  it('fails for each bit of it that is changed', async () => {
    const bits = [...signature].flatMap((character, place) =>
      [...Array(7).keys()].map((bit) => {
        const other = String.fromCharCode(character.charCodeAt(0) ^ (1 << bit));
        return signature.slice(0, place) + other + signature.slice(place + 1);
      }),
    );
    for (const forged of bits) {
      const status = await lastOf(
        withLast((event) => ({ ...event, metadata: { ...event.metadata, signature: forged } })),
      );
      expect(status).not.toBe('valid');
    }
  });

  it.each([
    ['none', JSON.stringify({ alg: 'none' })],
    ['another algorithm', '{"alg":"HS256","basedOn":0,"head":null,"kid":"x"}'],
    ['a key more', '{"alg":"ES256","basedOn":0,"crit":[],"head":null,"kid":"x"}'],
    ['a space', '{"alg":"ES256", "basedOn":0,"head":null,"kid":"x"}'],
    ['a key twice', '{"alg":"ES256","basedOn":0,"basedOn":0,"head":null,"kid":"x"}'],
    ['a head without events', `{"alg":"ES256","basedOn":0,"head":"${'a'.repeat(64)}","kid":"x"}`],
    ['a negative version', '{"alg":"ES256","basedOn":-1,"head":null,"kid":"x"}'],
  ])('is malformed with a header of %s', async (_, header) => {
    const forged = `${btoa(header).replaceAll('=', '')}..${signature.split('.')[2]}`;
    expect(await lastOf(withLast((event) => ({ ...event, metadata: { ...event.metadata, signature: forged } })))).toBe(
      'malformed',
    );
  });

  it('is of an unknown key, or of another owner', async () => {
    const other = await generate();
    expect(await lastOf(log, [])).toBe('unknown-key');
    expect(await lastOf(log, [await enrol(other, client)])).toBe('unknown-key');
    expect(await lastOf(log, [await enrol(own, provider)])).toBe('other-owner');
    expect(await lastOf(log, [await enrol(own, provider), await enrol(own, client)])).toBe('valid');
    const forged = await signAct(attest(), { key: other, basedOn: version, head });
    expect(await lastOf(recorded(forged), [...keys, await enrol(other, provider)])).toBe('other-owner');
  });

  it.each([
    ['a key without members', {}],
    ['a key of another curve', { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' }],
    ['a point off the curve', { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }],
  ])('is verified by the other keys where one is %s', async (_, key) => {
    expect(await lastOf(log, [{ key: key as never, actor: client }, ...keys])).toBe('valid');
  });

  it('is bound to the log that the signer saw', async () => {
    const twin = seal(events.map((event) => ({ ...event, metadata: { commandId: 'other' } }))) as VisitEvent[];
    const moved = [...twin, ...(seal([log.at(-1)!], twin.at(-1)?.metadata?.hash) as VisitEvent[])];
    expect(await lastOf(moved)).toBe('other-log');
    expect(await lastOf(log.toSpliced(3, 1))).toBe('other-log');
    expect(await lastOf([log.at(-1)])).toBe('other-log');
    const early = await signAct(attest(), { key: own, basedOn: version - 1, head });
    expect(await lastOf(recorded(early))).toBe('other-log');
    const blind = await signAct(attest(), { key: own, basedOn: version, head: null });
    expect(await lastOf(recorded(blind))).toBe('other-log');
    const later = commands.giveFarewell({ visitId, at }, provider, 'c-9');
    expect((await verifyActs(recorded(later, log), keys)).acts[version]?.status).toBe('valid');
  });

  it('is refused for what cannot be signed', async () => {
    const sign = (command: VisitCommand, basedOn: number, hash: string | null) =>
      signAct(command, { key: own, basedOn, head: hash });
    await expect(sign(commands.attestFacts({ visitId, at, facts: words }, client), 1, null)).rejects.toThrow(TypeError);
    await expect(sign(attest(), -1, null)).rejects.toThrow(TypeError);
    await expect(sign(attest(), 0, head)).rejects.toThrow(TypeError);
    await expect(sign(attest(), 1, 'abc')).rejects.toThrow(TypeError);
    await expect(sign(visitAt('in-transit').commands[0]!, 0, null)).rejects.toThrow(TypeError);
  });
});

describe('the signature of an act in a report', () => {
  it('is verified where it stands', async () => {
    const denial = commands.attestFacts(
      { visitId, at, facts: [{ ...words[0]!, recorded: at, agrees: true }] },
      client,
      'c-7',
    );
    const signed = await signAct(denial, { key: own, basedOn: version, head });
    const answer = reconcile({ log: given, basedOn: version, commands: [signed] });
    const after = [...given, ...(answer.ok ? answer.events : [])];
    expect(after.at(-1)?.type).toBe('DiscrepancyReported');
    const { acts } = await verifyActs(after, keys);
    expect(acts.at(-1)).toMatchObject({ index: version, act: 0, recorder: client, status: 'valid' });
    const changed = JSON.parse(JSON.stringify(after).replace('"agrees":true', '"agrees":false'));
    const report = await verifyActs(changed, keys);
    expect(report.acts.at(-1)?.status).toBe('invalid');
    expect(audit(changed, { signatures: report }).findings).toContainEqual({
      ...{ index: version, kind: 'signature', facts: { signature: 'invalid', act: 0 } },
    });
  });
});

describe('signatures in an audit and a dossier', () => {
  it('an invalid one is a remark, and leaves the log clean', async () => {
    const changed = withLast((event) => ({
      ...event,
      metadata: { ...event.metadata, commandId: 'c-2' },
    })) as VisitEvent[];
    const signatures = await verifyActs(changed, keys);
    const remark = { index: version, kind: 'signature', facts: { signature: 'invalid' } };
    expect(audit(changed, { signatures })).toMatchObject({ clean: true });
    expect(audit(changed, { signatures }).findings).toContainEqual(remark);
    expect(dossier(changed, { signatures }).remarks).toContainEqual(remark);
    expect(dossier(changed, { signatures }).violations).toEqual([]);
    expect(dossier(changed, { signatures }).facts.every(({ signed }) => signed === 'invalid')).toBe(true);
  });

  it('a dossier says of each fact if the word on it is signed', async () => {
    const arrival = commands.attestFacts({ visitId, at, facts: words.slice(0, 1) }, client, 'c-1');
    const partial = recorded(await signAct(arrival, { key: own, basedOn: version, head }));
    const { facts } = dossier(partial, { signatures: await verifyActs(partial, keys) });
    expect(facts.map(({ word, signed }) => [word === 'both', signed])).toEqual(
      facts
        .map((_, nth) => [nth === 0, nth === 0 ? 'valid' : 'unsigned'])
        .map(([, status], nth) => [facts[nth]?.word === 'both', status]),
    );
    expect(dossier(partial).facts.some((fact) => 'signed' in fact)).toBe(false);
    expect(audit(partial, { signatures: await verifyActs(partial, keys) })).toEqual(audit(partial));
  });

  it('takes nothing else for the report', () => {
    expect(() => audit(given, { signatures: [] as never })).toThrow(TypeError);
    expect(() => dossier(given, { signatures: {} as never })).toThrow(TypeError);
  });
});

describe('logs of an adversary', () => {
  it('are verified without an error, whatever JSON they are', async () => {
    const entry = fc.record(
      {
        type: fc.constantFrom('FactsAttested', 'DiscrepancyReported', '__proto__', 7),
        data: fc.oneof(
          fc.jsonValue(),
          fc.constant(JSON.parse('{"__proto__":{"by":1},"by":{"role":"client","id":"cli-1"}}')),
        ),
        metadata: fc.record({
          commandId: fc.constantFrom('c-1', 7),
          signature: fc.constantFrom(signature, 'a..b', '', 7),
        }),
      },
      { requiredKeys: [] },
    );
    const property = fc.asyncProperty(fc.array(fc.oneof(entry, fc.jsonValue()), { maxLength: 5 }), async (entries) => {
      const { acts } = await verifyActs(entries, keys);
      expect(acts.some(({ status }) => status === 'valid')).toBe(false);
    });
    await fc.assert(property, { numRuns: runs(100) });
  });

  it('are verified with data of too many levels, and with a text that was cut', async () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    let nested: unknown = deep;
    for (let level = 0; level < 100_000; level += 1) nested = [nested];
    expect(await lastOf(withLast((event) => ({ ...event, data: { ...event.data, facts: nested } })))).toBe('malformed');
    const cut = signature.slice(0, -1);
    expect(await lastOf(withLast((event) => ({ ...event, metadata: { ...event.metadata, signature: cut } })))).toBe(
      'malformed',
    );
    const proto = JSON.parse(JSON.stringify(log.at(-1)).replace('"facts"', '"__proto__":{"a":1},"facts"'));
    expect(await lastOf([...given, proto])).toBe('invalid');
  });

  it('are refused with keys that have no owner', async () => {
    for (const keys of [undefined, {}, [null], [{ key: {} }], [{ actor: {} }]])
      await expect(verifyActs([], keys as never)).rejects.toThrow(/list of keys|\{ key, actor \}/);
  });

  it('are refused where they are no list', async () => {
    await expect(verifyActs('log' as never, keys)).rejects.toThrow(TypeError);
  });
});
