import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { auditLog, countVisits, linesOf } from '../../src/logs.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import type { Policy } from '../../src/visit/index.ts';
import { parseCommands, parseLog } from '../../src/wire.ts';
import { collect } from './support.ts';

const visits = [...simulate({ visits: 3, seed: 5 })].map(({ events }) => events);
const [one = [], two = [], three = []] = visits;
const line = (event: VisitEvent) => JSON.stringify(event);
const lines = (events: readonly VisitEvent[]) => events.map(line);

const results = async (text: readonly string[], options: Parameters<typeof auditLog>[1] = {}) =>
  (await collect(auditLog(text, options))).map(({ visitId, lines, continued, audit }) => ({
    visitId,
    lines: [lines[0], lines.at(-1)],
    continued,
    clean: audit.clean,
    kinds: [...new Set(audit.findings.map(({ kind }) => kind))].filter((kind) => kind !== 'measure'),
  }));

const clean = { continued: false, clean: true, kinds: [] };

describe('auditLog', () => {
  it('refuses a count or heads that are no Map', async () => {
    for (const wrong of [{}, null, 7]) {
      const refused = (options: object) => collect(auditLog([], options as never));
      await expect(refused({ expected: wrong })).rejects.toThrow('expected is a Map, as countVisits answers it; got');
      await expect(refused({ heads: wrong })).rejects.toThrow('heads is a Map, by visit; got');
    }
  });

  it('gives the events of a visit where they are asked for, null for a line that holds none', async () => {
    const text = [...lines(one).slice(0, 2), '{"type":"VisitPainted","data":{"visitId":"sim-1"}}'];
    const [found] = await collect(auditLog(text, { events: true }));
    expect(found?.events).toEqual([one[0], one[1], null]);
    expect((await collect(auditLog(text)))[0]).not.toHaveProperty('events');
  });

  it('folds an event whose time alone is invalid, as audit does', async () => {
    for (const place of one.keys()) {
      const log = one.map((event, index) =>
        index === place ? ({ ...event, data: { ...event.data, at: 'ayer' } } as VisitEvent) : event,
      );
      const [found] = await collect(auditLog(lines(log), { dossier: true, events: true }));
      const judged = audit(log);
      const withoutIssues = found?.audit.findings.map(({ line: _, facts, ...finding }) =>
        finding.kind === 'unreadable' ? finding : { ...finding, facts },
      );
      expect(found?.audit.state).toEqual(judged.state);
      expect(withoutIssues).toEqual(
        judged.findings.map(({ facts, ...finding }) =>
          finding.kind === 'unreadable' ? finding : { ...finding, facts },
        ),
      );
      expect(found?.dossier?.payment).toEqual(dossier(log).payment);
      expect(found?.events).toEqual(log);
    }
  });

  it('names the command only where one stands in place of an event', async () => {
    const factsOf = async (text: string) => (await collect(auditLog([text])))[0]?.audit.findings[0]?.facts;
    const unknown = await factsOf('{"type":"VisitPainted","data":{"visitId":"v-1"}}');
    expect(Object.keys(unknown ?? {})).toEqual(['issues']);
    expect(await factsOf('{"type":"StartWork","data":{"visitId":"v-1"}}')).toMatchObject({ command: 'StartWork' });
  });

  it('says nothing of nothing', async () => {
    expect(await results([])).toEqual([]);
    expect(await results(['', '  ', '\r'])).toEqual([]);
  });

  it('gives visits in the order of their first lines, or with a count in the order of their last', async () => {
    const [first = '', ...rest] = lines(one);
    const text = [first, ...lines(two), ...rest];
    expect((await results(text)).map(({ visitId }) => visitId)).toEqual(['sim-1', 'sim-2']);
    const expected = await countVisits(text);
    expect((await results(text, { expected })).map(({ visitId }) => visitId)).toEqual(['sim-2', 'sim-1']);
  });

  it('gives a visit as soon as its last line was read', async () => {
    const text = [...lines(one), ...lines(two)];
    const expected = await countVisits(text);
    let read = 0;
    function* counted() {
      for (const next of text) {
        read += 1;
        yield next;
      }
    }
    const [first] = [await auditLog(counted(), { expected })[Symbol.asyncIterator]().next()];
    expect(first.value.visitId).toBe('sim-1');
    expect(read).toBe(one.length);
  });

  it('reports what comes after the last line that was counted, on its own', async () => {
    const expected = new Map([['sim-1', one.length - 2]]);
    const text = [...lines(one), ...lines(two)];
    expect(await results(text, { expected })).toEqual([
      { ...clean, visitId: 'sim-1', lines: [1, one.length - 2] },
      { visitId: 'sim-1', lines: [one.length - 1, one.length], continued: true, clean: false, kinds: ['violation'] },
      { ...clean, visitId: 'sim-2', lines: [one.length + 1, one.length + two.length] },
    ]);
  });

  it('reports at the end what was counted too high', async () => {
    const expected = new Map([['sim-1', 10_000]]);
    expect(await results(lines(one), { expected })).toEqual([{ ...clean, visitId: 'sim-1', lines: [1, one.length] }]);
    expect(expected.get('sim-1')).toBe(10_000);
  });

  it('is not misled by a text that seems to be of another visit', async () => {
    const misleading = { metadata: { data: { visitId: 'sim-2' } }, ...one.at(-1) } as VisitEvent;
    const text = [...lines(one.slice(0, -1)), line(misleading), ...lines(two)];
    const expected = await countVisits(text);
    expect([...expected]).toEqual([
      ['sim-1', one.length],
      ['sim-2', two.length],
    ]);
    expect((await results(text, { expected })).map(({ visitId, continued }) => [visitId, continued])).toEqual([
      ['sim-1', false],
      ['sim-2', false],
    ]);
  });

  it('puts a line that cannot be read where its JSON, or else its text, says', async () => {
    const newer = line({ ...one[0], metadata: { schemaVersion: 9 } } as VisitEvent);
    const unknown = line(one[0]!).replace('VisitAssigned', 'FencePainted');
    const broken = line(one[0]!).replace('"place"', '"plaace"');
    const found = await collect(auditLog([newer, unknown, broken, line(one[0]!).slice(0, 60), 'null', '{"data":7}']));
    const findings = found.map(({ visitId, audit }) => [
      visitId,
      audit.findings.map(({ index, line, kind, facts }) => ({ index, line, kind, facts })),
    ]);
    const facts = (path: string, code: string) => ({ issues: [{ path, code }] });
    expect(findings).toEqual([
      [
        'sim-1',
        [
          { index: 0, line: 1, kind: 'unknown-event', facts: facts('/metadata/schemaVersion', 'newer-version') },
          { index: 1, line: 2, kind: 'unknown-event', facts: facts('/type', 'unknown-type') },
          {
            index: 2,
            line: 3,
            kind: 'unreadable',
            facts: {
              issues: [
                { path: '/data/place', code: 'missing' },
                { path: '/data', code: 'unrecognized-key', key: 'plaace' },
              ],
            },
          },
          { index: 3, line: 4, kind: 'unreadable', facts: facts('', 'invalid-json') },
        ],
      ],
      [
        null,
        [
          { index: 0, line: 5, kind: 'unreadable', facts: facts('', 'invalid-type') },
          { index: 1, line: 6, kind: 'unreadable', facts: expect.anything() },
        ],
      ],
    ]);
  });

  it('believes no text that cannot be an id', async () => {
    const of = (id: string) => JSON.stringify({ type: 'WorkStarted', data: { visitId: id, at: '' } });
    const text = [
      of('\u001b[31m'),
      of(' v'),
      of('x'.repeat(200)),
      of('v-1'),
      '{"data":{"__proto__":{"visitId":"v-9"}}}',
    ];
    expect((await results(text)).map(({ visitId }) => visitId)).toEqual([null, 'v-1']);
  });

  it('reports lines without a visit a thousand at a time', async () => {
    const found = await results([...Array.from({ length: 2500 }, () => 'no'), ...lines(three)]);
    expect(found.map(({ visitId, lines, continued }) => [visitId, ...lines, continued])).toEqual([
      [null, 1, 1000, false],
      [null, 1001, 2000, true],
      [null, 2001, 2500, true],
      ['sim-3', 2501, 2500 + three.length, false],
    ]);
  });

  it('throws what the lines throw, and closes them when it is left', async () => {
    function* failing() {
      yield line(one[0]!);
      throw new Error('the disk is gone');
    }
    await expect(collect(auditLog(failing()))).rejects.toThrow('the disk is gone');
    let closed = false;
    async function* open() {
      try {
        for (const next of [...lines(one), ...lines(two)]) yield next;
      } finally {
        closed = true;
      }
    }
    for await (const { visitId } of auditLog(open(), { expected: new Map([['sim-1', one.length]]) })) {
      expect(visitId).toBe('sim-1');
      break;
    }
    expect(closed).toBe(true);
  });

  it('judges by the policy', async () => {
    const policy: Policy = { id: 'hogar-2026', waive: [{ rule: 'area-cleared', reason: 'by contract' }] };
    const [found] = await collect(auditLog(lines(one), { policy }));
    const alone = audit(one, { policy });
    expect(found!.audit).toEqual({
      ...alone,
      findings: alone.findings.map((finding) => ({ ...finding, line: finding.index + 1 })),
    });
    expect(alone.findings.some(({ kind }) => kind === 'deviation')).toBe(true);
    expect(found).not.toHaveProperty('events');
    const going = one.slice(0, 3);
    const [told] = await collect(auditLog(lines(going), { policy, dossier: true }));
    expect(told!.dossier).toEqual(dossier(going, { policy }));
    expect(told!.dossier?.missing).not.toEqual(dossier(going).missing);
  });
});

describe('what comes in place of lines', () => {
  const text = `${lines(one).join('\n')}\n`;
  const bytes = Buffer.from(text);

  it.each([
    ['the bytes of a file', () => Readable.from([bytes])],
    ['parts of them, after a line', () => [text, new Uint8Array(bytes)]],
    ['what is neither', () => [7, null]],
  ])('is refused where it is %s, and says how they become lines', async (_, given) => {
    const refusal = expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('linesOf') });
    // A stream of Node is an AsyncIterable<any>, and no compiler objects.
    const read = () => given() as unknown as AsyncIterable<string>;
    await expect(collect(auditLog(read()))).rejects.toEqual(refusal);
    await expect(collect(auditLog(read(), { expected: new Map([['sim-1', 1]]) }))).rejects.toEqual(refusal);
    await expect(countVisits(read())).rejects.toEqual(refusal);
    await expect(collect(parseLog(read()))).rejects.toEqual(refusal);
    await expect(collect(parseCommands(read()))).rejects.toEqual(refusal);
  });

  it('becomes lines by linesOf', async () => {
    expect(await countVisits(linesOf(Readable.from([bytes])))).toEqual(new Map([['sim-1', one.length]]));
  });
});

describe('countVisits', () => {
  it('counts what the text shows, spaces and order of keys aside', async () => {
    const text = [
      '{"type":"WorkStarted","data":{"visitId":"v-1"}}',
      '{ "metadata" : { } , "data" : { "at" : 1, "visitId" : "v-1" } }',
      '{"data":{"visitId":"v-2"},"visitId":"v-3"}',
      '{"visitId":"v-4"}',
      '{"data":{"visitId":7}}',
      '',
    ];
    expect([...(await countVisits(text))]).toEqual([
      ['v-1', 2],
      ['v-2', 1],
    ]);
    expect([...(await countVisits(text.join('\r\n')))]).toEqual([
      ['v-1', 2],
      ['v-2', 1],
    ]);
  });
});
