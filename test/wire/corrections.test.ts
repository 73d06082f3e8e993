import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { ruleIds } from '../../src/visit/index.ts';
import { explainIssue, LIMITS, parseCommand as parse } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { act } from './chapter.ts';
import { command, event, samples, turned } from './samples.ts';

const [refused, twin] = samples.ReportDiscrepancy.acts;
const withActs = (...acts: object[]) => command('ReportDiscrepancy', { acts });
const issuesOf = (...acts: object[]) => parseCommand(withActs(...acts));
const issue = (path: string, code: string) => ({ ok: false, issues: [{ path, code }] });

describe('1.1-10 what was recorded by mistake', () => {
  act(
    'AnnulAct',
    [],
    [
      [{ act: 'Paused' }, '/data/act', 'invalid-value'],
      [{ recorded: '2026-02-30T10:00:00Z' }, '/data/recorded', 'invalid-instant'],
      [{ reason: ' ' }, '/data/reason', 'blank'],
    ],
  );
  act(
    'CorrectTime',
    [],
    [
      [{ what: 'arrivals' }, '/data/what', 'invalid-value'],
      [{ recorded: 'ayer' }, '/data/recorded', 'invalid-instant'],
      [{ corrected: '2026-03-09' }, '/data/corrected', 'invalid-instant'],
      [{ reason: 'a'.repeat(2001) }, '/data/reason', 'too-long'],
    ],
  );
});

describe('1.1-10 what was recorded apart', () => {
  act(
    'ReportDiscrepancy',
    [],
    [
      [{ discrepancyId: 'd 1' }, '/data/discrepancyId', 'invalid-id'],
      [{ basedOn: -1 }, '/data/basedOn', 'too-small'],
      [{ basedOn: 1.5 }, '/data/basedOn', 'invalid-type'],
      [{ basedOn: '4' }, '/data/basedOn', 'invalid-type'],
      [{ acts: [] }, '/data/acts', 'too-few-items'],
      [{ acts: Array(101).fill(refused) }, '/data/acts', 'too-many-items'],
    ],
  );
  act(
    'SettleDiscrepancy',
    [],
    [
      [{ taken: [2, 1] }, '/data/taken', 'not-ascending'],
      [{ taken: [0, 1, 1] }, '/data/taken', 'not-ascending'],
      [{ taken: [-1] }, '/data/taken/0', 'too-small'],
      [{ taken: [0.5] }, '/data/taken/0', 'invalid-type'],
      [{ taken: ['0'] }, '/data/taken/0', 'invalid-type'],
      [{ text: '' }, '/data/text', 'blank'],
    ],
  );

  it('a settlement may take no act, or the first and the last', () => {
    expect(parseCommand(command('SettleDiscrepancy', { taken: [] })).ok).toBe(true);
    expect(parseCommand(command('SettleDiscrepancy', { taken: [0, 99] })).ok).toBe(true);
  });

  it('says in both languages that positions ascend', () => {
    const parsed = parse(command('SettleDiscrepancy', { taken: [1, 0] }));
    const [found] = parsed.ok ? [] : parsed.issues;
    expect(found && explainIssue(found, 'en')).toBe(
      'data.taken must be in ascending order, each number once, such as [0, 2].',
    );
    expect(found && explainIssue(found, 'es-CR')).toBe(
      'data.taken: debe estar en orden ascendente, cada número una sola vez, como [0, 2].',
    );
  });
});

describe('a reported act', () => {
  it('is read with its keys in the order of the protocol, its texts and times normalised', () => {
    const at = refused?.data.at ?? '';
    const local = at.replace('T14:05:00.000Z', 'T08:05:00-06:00');
    expect(local).not.toBe(at);
    const decomposed = { ...refused, device: 'Teléfono 3'.normalize('NFD'), data: { ...refused?.data, at: local } };
    const expected = JSON.stringify({ ok: true, value: withActs(refused as object, twin as object) });
    const given = withActs(decomposed, twin as object);
    expect(JSON.stringify(parseCommand(turned(given)))).toBe(expected);
    expect(JSON.stringify(parseCommand(JSON.stringify(turned(given))))).toBe(expected);
    expect(Object.keys(refused as object)).toEqual([
      ...['type', 'data', 'commandId', 'on', 'violations', 'lawfulThen'],
      ...['despite', 'device', 'enteredAt', 'signature'],
    ]);
  });

  it.each([
    ['its type is missing', { ...refused, type: undefined }, 'type', 'not-json'],
    ['its type is no event', { ...refused, type: 'ShowCredential' }, 'type', 'invalid-value'],
    ['it is a report itself', { ...refused, type: 'DiscrepancyReported' }, 'type', 'invalid-value'],
    ['it is an annulment', { ...refused, type: 'ActAnnulled' }, 'type', 'invalid-value'],
    ['it is a text', 'CredentialShown', '', 'invalid-type'],
    ['its data are those of another event', { ...refused, type: 'ServiceAnnounced' }, 'data/service', 'missing'],
    ['its author is missing', { ...refused, data: { ...refused?.data, by: 7 } }, 'data/by', 'invalid-type'],
    ['its data have another field', { ...twin, data: { ...twin?.data, extra: 1 } }, 'data', 'unrecognized-key'],
    ['it has another field', { ...twin, metadata: {} }, '', 'unrecognized-key'],
    ['its id is missing', { ...twin, commandId: null }, 'commandId', 'invalid-type'],
    ['it stands nowhere', { ...twin, on: -1 }, 'on', 'too-small'],
    ['a violation has no clause', { ...twin, violations: [{ rule: 'role' }] }, 'violations/0/clause', 'missing'],
    [
      'a violation has facts',
      { ...twin, violations: [{ rule: 'r', clause: 'c', facts: 1 }] },
      'violations/0',
      'unrecognized-key',
    ],
    ['it is lawful perhaps', { ...twin, lawfulThen: 'yes' }, 'lawfulThen', 'invalid-type'],
    ['it is the twin of nothing', { ...twin, twinOf: 0 }, 'twinOf', 'too-small'],
    ['nobody let it be done', { ...twin, despite: { reason: 'x' } }, 'despite/by', 'missing'],
    ['its text turns round', { ...twin, device: 'a\u202eb' }, 'device', 'bidi-character'],
  ] as const)('is refused where %s', (_, bad, field, code) => {
    const path = field === '' ? '/data/acts/1' : `/data/acts/1/${field}`;
    const given = withActs(refused as object, bad as object);
    const result = parseCommand(given);
    expect(result.ok ? [] : result.issues).toContainEqual({ path, code });
    if (code !== 'not-json') expect(parseCommand(JSON.stringify(given))).toStrictEqual(result);
  });

  it('of an unknown type names what was meant', () => {
    const parsed = parse(withActs({ ...refused, type: 'CredentialShow' }));
    expect(parsed.ok ? [] : parsed.issues[0]).toMatchObject({
      path: '/data/acts/0/type',
      code: 'invalid-value',
      nearest: 'CredentialShown',
    });
  });

  it('names the fields of its data where one is unknown, and nothing of what it holds', () => {
    const parsed = parse(withActs({ ...twin, data: { ...twin?.data, cal: 'SECRET' } }));
    expect(parsed.ok ? [] : parsed.issues).toEqual([
      {
        path: '/data/acts/0/data',
        code: 'unrecognized-key',
        key: 'cal',
        allowed: expect.arrayContaining(['call']),
        nearest: 'call',
      },
    ]);
    const cut = parse(withActs({ ...twin, data: { ...twin?.data, call: { at: 'x\ud800', SECRET: '\ud800' } } }));
    expect(JSON.stringify(cut)).toContain('/data/acts/0/data/call/at');
    expect(JSON.stringify(cut)).not.toContain('SECRET');
  });

  it.each(Object.keys(samples).slice(0, 47) as CommandType[])('may be what %s becomes', (type) => {
    const { data, type: eventType } = event(type);
    const given = withActs({ ...twin, type: eventType, data });
    expect(parseCommand(given)).toStrictEqual({
      ok: true,
      value: { ...given, data: { ...given.data, acts: [reordered(eventType, data)] } },
    });
  });

  const reordered = (type: string, data: object) => ({
    type,
    data,
    ...Object.fromEntries(Object.entries(twin as object).slice(2)),
  });

  it('is not changed as it is read, frozen or not', () => {
    const frozen = JSON.parse(JSON.stringify(withActs(refused as object)), (_, value) => Object.freeze(value));
    expect(parseCommand(frozen).ok).toBe(true);
  });

  it('is read a thousand times alike, by the interpreter and compiled', () => {
    const bad = { ...refused, data: { ...refused?.data, credentialId: 7 } };
    for (let use = 0; use < 100; use += 1) {
      expect(issuesOf(refused as object).ok).toBe(true);
      expect(issuesOf(bad)).toStrictEqual(issue('/data/acts/0/data/credentialId', 'invalid-type'));
    }
  });
});

describe('a report of a whole batch', () => {
  const id = 'i'.repeat(128);
  const person = (role: string) => ({ role, id });
  const violations = ruleIds.map((rule) => ({ rule, clause: '1.1-10' }));
  const envelope = { commandId: id, on: 9_999, violations, lawfulThen: false, twinOf: 9_999 };

  /** A report of as many acts as a batch may hold commands, as long as all of them may be together, refused by every rule. */
  function reportOf(text: string) {
    const data = {
      visitId: id,
      at: '2026-03-09T14:05:00.000Z',
      what: '',
      by: person('client'),
      recordedBy: person('provider'),
    };
    const bare = { type: 'ClientObjected', data };
    const spare = LIMITS.batchBytes / LIMITS.batchCommands - 400;
    const what = text.repeat(Math.ceil(spare / new TextEncoder().encode(text).length));
    const one = {
      ...bare,
      data: { visitId: data.visitId, at: data.at, what, by: data.by, recordedBy: data.recordedBy },
    };
    const acts = Array.from({ length: LIMITS.batchCommands }, () => ({ ...one, ...envelope }));
    return {
      type: 'DiscrepancyReported',
      data: {
        visitId: id,
        at: data.at,
        discrepancyId: 'd-10000',
        basedOn: 9_998,
        acts,
        by: data.by,
        recordedBy: data.recordedBy,
      },
      metadata: {
        schemaVersion: 2,
        eventId: id,
        recordedAt: data.at,
        previousHash: 'a'.repeat(64),
        hash: 'a'.repeat(64),
      },
    };
  }

  it.each(['a', 'ñ', '水'])(
    'of %s, in which every rule refuses every act, is read from its text and as a value',
    (text) => {
      const report = reportOf(text);
      const json = JSON.stringify(report);
      expect(json.length).toBeGreaterThan(LIMITS.eventBytes);
      expect(new TextEncoder().encode(json).length).toBeLessThanOrEqual(LIMITS.reportBytes);
      expect(parseEvent(report)).toStrictEqual({ ok: true, value: report });
      expect(parseEvent(json)).toStrictEqual({ ok: true, value: report });
    },
  );

  it('that is larger is refused before it is parsed, and so is any other event of that size', () => {
    const report = reportOf('a');
    const json = JSON.stringify(report);
    expect(parseEvent(json.padEnd(LIMITS.reportBytes + 1))).toStrictEqual(issue('', 'too-large'));
    expect(parseEvent(json.padEnd(LIMITS.reportBytes)).ok).toBe(true);
    const other = json.replace('DiscrepancyReported', 'DiscrepancyResolved');
    expect(parseEvent(other)).toStrictEqual(issue('', 'too-large'));
    const quoting = JSON.stringify({ ...event('StartWork'), metadata: { host: 'DiscrepancyReported' } });
    expect(parseEvent(quoting.padEnd(LIMITS.eventBytes)).ok).toBe(true);
    expect(parseEvent(quoting.padEnd(LIMITS.eventBytes + 1))).toStrictEqual(issue('', 'too-large'));
    expect(parseEvent(`${json.slice(0, -1)},`)).toStrictEqual(issue('', 'too-large'));
  });

  it('as a value is limited in values and characters, as any other is in fewer', () => {
    const many = { ...reportOf('a'), metadata: { host: Array(100).fill(Array(100).fill(Array(10).fill(0))) } };
    expect(parseEvent(many)).toMatchObject({ ok: false, issues: [{ code: 'too-many-nodes' }] });
    const other = { ...reportOf('a'), type: 'DiscrepancySettled' };
    const refusal = parseEvent(other);
    expect(refusal.ok ? [] : refusal.issues.map(({ code }) => code)).toEqual(['too-many-nodes']);
    const hostile = new Proxy(many, {
      getOwnPropertyDescriptor: () => {
        throw new Error('no');
      },
    });
    expect(parseEvent(hostile).ok).toBe(false);
  });

  it('leaves a command its own limits', () => {
    const { data } = reportOf('a');
    const { by: _by, recordedBy: _recordedBy, ...rest } = data;
    const asCommand = { ...command('ReportDiscrepancy'), data: rest };
    expect(parseCommand(JSON.stringify(asCommand))).toStrictEqual(issue('', 'too-large'));
  });
});
