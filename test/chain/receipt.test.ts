import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { factEvents } from '../../src/chain/fact-events.ts';
import { type Receipt, receipt, seal, verifyReceipt } from '../../src/chain.ts';
import { commands, dossier, type VisitEvent } from '../../src/index.ts';
import { madeBy } from '../../src/reading/judging/attested.ts';
import { clientView } from '../../src/service.ts';
import { visitAt } from '../../src/testing.ts';
import { client, keys, recorded, saidOn, unsaid, words } from './signed-visit.ts';

const { visitId, next: at } = visitAt('completed');
const readFacts = (log: readonly unknown[]) => dossier(log as VisitEvent[]).facts;
const receiptOf = (log: readonly VisitEvent[]) => receipt(log, { facts: readFacts(log), keys });

let log: readonly VisitEvent[];
let given: Receipt;

beforeAll(async () => {
  log = await saidOn(unsaid);
  given = await receiptOf(log);
});

/** The faults of a receipt, each once. */
async function faultsOf(document: unknown, options: Parameters<typeof verifyReceipt>[1] = {}) {
  const report = await verifyReceipt(document, options);
  return report.ok ? [...new Set(report.findings.map(({ fault }) => fault))] : [report.reason];
}

/** Parsed JSON that a test changes at will. */
// biome-ignore lint/suspicious/noExplicitAny: a forger keeps to no type
type Loose = any;

/** A copy of the receipt with something changed in it. */
function forged(change: (receipt: Loose) => void, from: Receipt = given): unknown {
  const copy = structuredClone(from);
  change(copy);
  return copy;
}

describe('the receipt of a client', () => {
  it('is sound by itself, with the log, with the log that grew, and as a text', async () => {
    const grown = recorded(commands.giveFarewell({ visitId, at }, { role: 'provider', id: 'prov-1' }, 'c-9'), log);
    for (const document of [given, JSON.stringify(given), JSON.stringify(given, null, 2)])
      for (const options of [{}, { log }, { log, readFacts }, { log: grown, readFacts, keys }])
        expect(await verifyReceipt(document, options)).toMatchObject({ ok: true, sound: true, findings: [] });
  });

  it('says whose word each fact is, and on which line', () => {
    const { facts, head } = given;
    expect(facts.map(({ fact }) => fact)).toEqual(words.map(({ fact }) => fact));
    expect(facts.find(({ fact }) => fact === 'handover')).toMatchObject({ word: 'denied', said: log.length });
    expect(facts.find(({ fact }) => fact === 'start')).toMatchObject({ word: 'both', said: log.length });
    expect(head).toEqual({ count: log.length, hash: log.at(-1)?.metadata?.hash });
  });

  it('knows the events that make a fact, as the dossier does', () => {
    expect(factEvents).toEqual(madeBy);
  });

  it('answers the signature of each line of the client', async () => {
    const report = await verifyReceipt(given);
    expect(report).toMatchObject({ signatures: [{ version: log.length, status: 'valid' }] });
  });

  it('counts a word of the client that a settlement took, and none that a provider recorded for them', async () => {
    for (const [role, isWord] of [
      ['contact-center', true],
      ['provider', false],
    ] as const) {
      const word = { visitId, at, by: client, recordedBy: { role, id: 'r-1' }, facts: words };
      const taken = { type: 'FactsAttested', data: word, metadata: { commandId: 'c-9' } } as unknown as VisitEvent;
      const log = [...unsaid, ...seal([taken], unsaid.at(-1)?.metadata?.hash)];
      const made = await receiptOf(log);
      expect(made.facts.map(({ said }) => said)).toEqual(made.facts.map(() => (isWord ? log.length : null)));
      expect(made.lines.at(-1)?.data !== undefined).toBe(isWord);
      expect(await faultsOf(made)).toEqual([]);
      expect(await faultsOf(made, { log, readFacts })).toEqual([]);
    }
  });

  it('has no word but the client’s of what others wrote', () => {
    const shown = given.lines.filter(({ data }) => data !== undefined);
    const own = shown.filter(({ data }) => (data as Loose).by.role === 'client' && !('recordedBy' in data!));
    expect(own.map(({ version }) => version)).toEqual([log.length]);
    const plain = new Set(shown.filter((line) => !own.includes(line)).flatMap(({ data }) => Object.keys(data!)));
    expect(
      [...plain].filter((key) => !['visitId', 'at', 'by', 'clientPresent', 'clientConsented'].includes(key)),
    ).toEqual([]);
    expect(shown.length).toBeGreaterThan(own.length);
    for (const { type, version } of given.lines.filter(({ data }) => data === undefined))
      expect(type !== undefined).toBe(given.facts.some((fact) => fact.version === version));
  });

  it('shows no person whom the view of the client does not show', async () => {
    const moved = log.map(({ metadata: { hash, previousHash, ...kept } = {}, ...event }, index) => ({
      ...event,
      metadata: { ...kept, ...(index % 2 === 0 && { device: 'phone-of-prov-1' }) },
    }));
    const sealed = seal(moved) as VisitEvent[];
    const text = JSON.stringify(await receiptOf(sealed));
    expect(text).not.toContain('phone-of-prov-1');
    const people = new Set(sealed.flatMap(({ data }) => [data.by, data.recordedBy ?? data.by]).map(({ id }) => id));
    const known = [clientView(sealed)?.provider?.id, client.id, 'client'];
    for (const id of people) if (!known.includes(id)) expect(text).not.toContain(`"${id}"`);
    expect(people.size).toBeGreaterThan(2);
  });

  it('shows no line of a provider who was replaced', async () => {
    const by = { role: 'contact-center', id: 'op-1' };
    const provider = { id: 'prov-2', name: 'Luis Mora' };
    const replaced = { type: 'ProviderReassigned', data: { visitId, at, by, provider } };
    const shown = async (entries: readonly object[]) => {
      const { lines } = await receipt(seal(entries as VisitEvent[]), { facts: readFacts(unsaid) });
      return lines.filter(({ data }) => data !== undefined).length;
    };
    expect(await shown(unsaid)).toBeGreaterThan(0);
    expect(await shown([...unsaid, replaced])).toBe(0);
  });

  it('has no key that signed none of its lines', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const other = { key: await crypto.subtle.exportKey('jwk', pair.publicKey), actor: client };
    expect((await receipt(log, { facts: readFacts(log), keys: [other, ...keys] })).keys).toEqual(given.keys);
  });

  it('is made of no log that is broken, empty or unsealed', async () => {
    await expect(receiptOf([])).rejects.toThrow('sealed from its first event on');
    await expect(receiptOf(visitAt('completed').events)).rejects.toThrow('seal the log first');
    await expect(receiptOf(log.toSpliced(3, 1))).rejects.toThrow('A broken chain');
  });

  it('is the one that this release made', async () => {
    await expect(`${JSON.stringify(await goldenReceipt(), null, 2)}\n`).toMatchFileSnapshot('../golden/receipt.json');
  });
});

/** The golden receipt has no signature of its own: ECDSA makes another one each time. */
async function goldenReceipt(): Promise<Receipt> {
  const golden = readFileSync('test/golden/receipt-log.ndjson', 'utf8').trim().split('\n');
  const events = golden.map((line) => JSON.parse(line)) as VisitEvent[];
  const made = await receiptOf(events);
  expect(await verifyReceipt(made, { log: events, readFacts, keys })).toMatchObject({ ok: true, sound: true });
  expect(made.keys).toHaveLength(1);
  return made;
}

describe('a forged receipt', () => {
  const last = () => log.length - 1;

  it.each<[string, string, (receipt: Loose) => void]>([
    ['says client for a line of the provider', 'word', ({ facts }) => Object.assign(facts[0], { word: 'client' })],
    [
      'says provider for what the client denies',
      'word',
      ({ facts }) =>
        Object.assign(
          facts.find((one: Loose) => one.fact === 'handover'),
          { word: 'provider', said: null },
        ),
    ],
    [
      'says both for what the client denies',
      'word',
      ({ facts }) =>
        Object.assign(
          facts.find((one: Loose) => one.fact === 'handover'),
          { word: 'both' },
        ),
    ],
    ['has another line for a fact', 'word', ({ facts }) => Object.assign(facts[0], { version: 1 })],
    ['has a fact twice', 'word', ({ facts }) => facts.splice(1, 1, facts[0])],
    ['lacks a line', 'order', ({ lines }) => lines.splice(4, 1)],
    ['lacks the last line', 'head', ({ lines }) => lines.pop()],
    ['has two lines swapped', 'order', ({ lines }) => lines.splice(4, 2, lines[5], lines[4])],
    ['has another hash', 'order', ({ lines }) => Object.assign(lines[4], { hash: 'f'.repeat(64) })],
    ['has another head', 'head', ({ head }) => Object.assign(head, { hash: 'f'.repeat(64) })],
    [
      'turns a no into a yes',
      'changed',
      ({ lines }) =>
        Object.assign(
          lines.at(-1).data.facts.find((one: Loose) => !one.agrees),
          { agrees: true },
        ),
    ],
    [
      'drops the signature',
      'changed',
      ({ lines }) => {
        delete lines.at(-1).metadata.signature;
      },
    ],
    ['names another visit', 'changed', (receipt) => Object.assign(receipt, { visitId: 'visit-2' })],
    ['has the key of another', 'signature', ({ keys: [one] }) => Object.assign(one.key, { x: one.key.y })],
    ['has no key', 'signature', ({ keys }) => keys.pop()],
  ])('%s: %s', async (_, fault, change) => {
    expect(await faultsOf(forged(change))).toContain(fault);
  });

  it('reduces a denial to its hash: the log shows it, and nothing else does', async () => {
    const reduced = forged((receipt) => {
      const { version, hash, previousHash } = receipt.lines.at(-1);
      receipt.lines[last()] = { version, hash, previousHash };
      receipt.keys = [];
      for (const fact of receipt.facts) Object.assign(fact, { said: null, word: 'provider' });
    });
    expect(await faultsOf(reduced)).toEqual([]);
    expect(await faultsOf(reduced, { log })).toEqual(['withheld']);
    expect(await faultsOf(reduced, { log, readFacts })).toEqual(['withheld']);
  });

  it('has another time for a fact of which the client said nothing, and whose line is shown', async () => {
    const quiet = await receiptOf(unsaid);
    const start = quiet.facts.findIndex(({ fact }) => fact === 'start');
    expect(await faultsOf(quiet)).toEqual([]);
    const moved = forged(({ facts }) => Object.assign(facts[start], { recorded: at }), quiet);
    expect(await faultsOf(moved)).toEqual(['word']);
  });

  it('is held against a log whose content was changed under its hash, at its place', async () => {
    const changed = log.map((event, index) => (index === 3 ? { ...event, data: { ...event.data, at } } : event));
    const report = await verifyReceipt(given, { log: changed, readFacts });
    expect(report).toMatchObject({ ok: true, findings: [{ fault: 'log', at: '/lines/3' }] });
  });

  it('is signed by a key that the host does not know', async () => {
    expect(await faultsOf(given, { keys: [] })).toEqual(['signature', 'key']);
  });

  it.each<[string, (log: VisitEvent[]) => VisitEvent[]]>([
    [
      'was tampered with',
      (all) =>
        seal(
          all.map((event, index) => (index === 3 ? { ...event, data: { ...event.data, at } } : event)),
        ) as VisitEvent[],
    ],
    ['was cut', (all) => all.slice(0, -1)],
    ['is of another visit', (all) => all.slice(3)],
    ['is empty', () => []],
    ['has no seals', (all) => all.map(({ metadata, ...event }) => event) as VisitEvent[]],
    ['is no log', () => [null, 7, 'x'] as never],
  ])('is held against a log that %s', async (_, change) => {
    expect(await faultsOf(given, { log: change([...log]), readFacts })).toEqual(['log']);
  });

  it('is a list of the facts of a later log', async () => {
    const agreed = await saidOn(
      log,
      words.map(({ fact, recorded }) => ({ fact, recorded, agrees: true })),
      'c-2',
    );
    const later = await receiptOf(agreed);
    expect(later.facts.map(({ word }) => word)).not.toContain('denied');
    const mixed = forged((receipt) => Object.assign(receipt, { facts: later.facts }));
    expect(await faultsOf(mixed)).toEqual(['word']);
    expect(await faultsOf(given, { log: agreed, readFacts, keys })).toEqual([]);
  });
});

type Path = readonly (string | number)[];

/** All places of a value, that of each key and item. */
const placesIn = (value: unknown, at: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [at]
    : [...(at.length > 0 ? [at] : []), ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]))];

function changeAt(document: Loose, path: Path, change: (parent: Loose, key: Loose) => void): unknown {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce((one: Loose, key) => one[key], copy);
  change(parent, path.at(-1));
  return copy;
}

const otherThan = (value: unknown) => {
  if (typeof value === 'string')
    return /^[0-9a-f]{64}$/.test(value) ? value.replace(/^./, (c) => (c === '0' ? '1' : '0')) : `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 1 : null;
};

const changes: readonly [string, (parent: Loose, key: Loose) => void][] = [
  [
    'changed',
    (parent, key) => {
      parent[key] = otherThan(parent[key]);
    },
  ],
  [
    'dropped',
    (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
    },
  ],
  [
    'added',
    (parent, key) => {
      const value = structuredClone(parent[key]);
      if (Array.isArray(parent)) parent.push(value);
      else parent.extra = value;
    },
  ],
];

describe('each place of a receipt', () => {
  it.each(changes)('that is %s is noticed with the log', async (_, change) => {
    const unnoticed: string[] = [];
    const places = placesIn(given);
    for (const path of places) {
      const report = await verifyReceipt(changeAt(given, path, change), { log, readFacts, keys });
      if (report.ok && report.sound) unnoticed.push(path.join('/'));
    }
    expect(places.length).toBeGreaterThan(200);
    expect(unnoticed).toEqual([]);
  });

  it.each(changes)(
    'that is %s is noticed without it, but for what the hashes of lines alone do not show',
    async (_, change) => {
      const unnoticed = new Set<string>();
      for (const path of placesIn(given)) {
        const report = await verifyReceipt(changeAt(given, path, change));
        const place = path.map((key) => (/^\d+$/.test(String(key)) ? '*' : key)).join('/');
        if (report.ok && report.sound) unnoticed.add(place);
      }
      expect([...unnoticed].filter((place) => !['facts/*', 'keys/*'].includes(place))).toEqual([]);
    },
  );
});

describe('a document that is not a receipt', () => {
  const big = (length: number) => Array.from({ length }, () => 0);

  it.each<[string, unknown, object]>([
    ['nothing', undefined, { reason: 'not-a-receipt', at: '' }],
    ['a text', 'x', { reason: 'not-a-receipt', at: '' }],
    ['a list', [], { reason: 'not-a-receipt', at: '' }],
    ['a bigint', 7n, { reason: 'not-a-receipt', at: '' }],
    ['another format', { format: 'receipt' }, { reason: 'not-a-receipt', at: '/format' }],
    ['a later version', { format: 'auxilio-receipt-2' }, { reason: 'newer-version', at: '/format' }],
    ['a long text', ' '.repeat((1 << 22) + 1), { reason: 'too-large', at: '' }],
    ['many lines', { format: 'auxilio-receipt-1', lines: big(20_001) }, { reason: 'too-large', at: '/lines' }],
    [
      'a million facts',
      { format: 'auxilio-receipt-1', facts: big(1_000_000) },
      { reason: 'not-a-receipt', at: '/visitId' },
    ],
    ['many levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, { reason: 'not-a-receipt' }],
  ])('is refused: %s', async (_, document, refusal) => {
    expect(await verifyReceipt(document)).toMatchObject({ ok: false, ...refusal });
  });

  it('is refused: a million items at each list', async () => {
    for (const key of ['facts', 'lines', 'keys'])
      expect(await verifyReceipt({ ...given, [key]: big(1_000_000) })).toMatchObject({ ok: false, at: `/${key}` });
  });

  it('is refused: a null character, a key that is no field, and __proto__', async () => {
    const refused = { ok: false, reason: 'not-a-receipt' };
    const with0 = forged(({ lines }) => Object.assign(lines.at(-1).data, { at: 'a\0' }));
    expect(await verifyReceipt(with0)).toMatchObject({ ...refused, at: `/lines/${log.length - 1}/data/at` });
    expect(await verifyReceipt({ ...given, 'a/b': 1 })).toMatchObject({ ...refused, at: '/a~1b' });
    const text = JSON.stringify(given).replace('"by":', '"__proto__":{"a":1},"by":');
    expect(await verifyReceipt(text)).toMatchObject(refused);
    expect(({} as Loose).a).toBeUndefined();
  });

  it('never throws, whatever stands at a place', async () => {
    for (const path of placesIn(given).filter((_, nth) => nth % 7 === 0))
      for (const value of [null, 0, '', [], {}, [[]], { by: null }])
        expect(
          await verifyReceipt(
            changeAt(given, path, (parent, key) => {
              parent[key] = value;
            }),
            { log, readFacts },
          ),
        ).toHaveProperty('ok');
  });
});
