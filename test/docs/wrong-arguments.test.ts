import { describe, expect, it } from 'vitest';
import * as chain from '../../src/chain.ts';
import * as forms from '../../src/forms.ts';
import * as core from '../../src/index.ts';
import * as logs from '../../src/logs.ts';
import { memoryReplicaStore, memoryStore } from '../../src/memory.ts';
import { postgresStore } from '../../src/postgres.ts';
import { createReplica, parseUnsent } from '../../src/replica.ts';
import * as report from '../../src/report.ts';
import * as service from '../../src/service.ts';
import { sqliteStore } from '../../src/sqlite.ts';
import * as testing from '../../src/testing.ts';
import * as wire from '../../src/wire.ts';

const none = undefined as never;
const text = 'x' as never;
const object = {} as never;
const state = core.initialState();
const store = memoryStore();
const board = service.boardProjection;
const actor = { role: 'provider', id: 'p-1' } as const;
const at = '2026-03-17T14:00:00.000Z';
const remote = { sync: () => undefined } as never;
const subscription = { store, consumer: 'board', handle: () => undefined };
const ofPhone = () => createReplica({ store: memoryReplicaStore(), remote, actor, device: 'd' });
const evolve = () => 0;
const all = async (items: AsyncIterable<unknown>) => {
  for await (const _ of items);
};

/** Wrong arguments, and the error of each. */
const cases: readonly (readonly [name: string, call: () => unknown, says: string])[] = [
  ['a chain that is none', () => core.audit([], { chain: object }), 'chain is what verifyChain answers; got object'],
  [
    'a chain by true',
    () => core.dossier([], { chain: true as never }),
    'chain is what verifyChain answers; got boolean',
  ],
  ['a log of a view', () => service.providerView(object, 'p-1'), 'providerView takes the log, an array of events'],
  ['a log of a client', () => service.clientView(object), 'clientView takes the log, an array of events'],
  ['words by locale', () => forms.formOf('StartWork', 'es-CR' as never), 'formOf takes the words of a language'],
  [
    'no values of a form',
    () => forms.readForm('StartWork', none, forms.formsEn),
    'The values of a form are a FormData',
  ],
  [
    'no time zone',
    () => forms.readForm('StartWork', {}, forms.formsEn, { timeZone: 'Heredia' }),
    'readForm takes timeZone, an IANA time zone',
  ],
  [
    'no instant',
    () => forms.readForm('StartWork', {}, forms.formsEn, { now: '9 a. m.' }),
    'readForm takes now, an instant',
  ],
  ['a limit', () => core.missing(state, { limit: Number.NaN }), 'limit is a number from 0; got NaN'],
  [
    'a decision to explain',
    () => core.explain({ ok: false } as never, 'en'),
    'explain takes decision.rejection, or a violation',
  ],
  ['no issue', () => wire.explainIssue(none, 'en'), 'explainIssue takes an issue, { path, code }; got undefined'],
  ['a whole answer', () => wire.explainIssue({ ok: false } as never, 'en'), 'explainIssue takes an issue'],
  [
    'no log',
    () => all(wire.parseLog(none)),
    'A log is a text, or its lines as an array or another iterable; got undefined',
  ],
  ['no commands', () => all(wire.parseCommands(object)), 'A log is a text, or its lines'],
  ['no steps', () => wire.upcasterOf(none, 2), 'upcasterOf takes a list of steps; got undefined'],
  ['no lines', () => all(logs.auditLog(none)), 'A log is a text, or its lines as an array or another iterable'],
  ['heads', () => all(logs.auditLog('', { heads: object })), 'heads is a Map, by visit; got object'],
  ['counts', () => all(logs.auditLog('', { expected: object })), 'expected is a Map, as countVisits answers it'],
  ['nothing to count', () => logs.countVisits(object), 'A log is a text, or its lines'],
  ['no file', () => all(logs.linesOf(5 as never)), 'A file comes as a text, or as its parts'],
  ['no log to report', () => report.reportHtml(none), 'reportHtml takes the events of a visit, or a list of logs'],
  ['a text to report', () => report.reportHtml(text), 'reportHtml takes the events of a visit, or a list of logs'],
  ['a chain of a report', () => report.reportHtml([], { chain: true as never }), 'chain is a function; got boolean'],
  ['no logs', () => all(report.reportHtmlStream(none)), 'reportHtmlStream takes a list of logs; got undefined'],
  [
    'a whole visit',
    () => chain.verifyChain({ events: [] } as never),
    'A log is an array of events, or another iterable',
  ],
  ['nothing to seal', () => chain.seal(none), 'A log is an array of events, or another iterable; got undefined'],
  ['no event to seal', () => chain.seal([null as never]), 'An event to be sealed has a type'],
  ['no log with a head', () => chain.exportHead(object), 'A log is an array of events'],
  ['no store', () => service.readProjection(none, board), 'readProjection takes a store with readRows; got undefined'],
  ['no store to keep', () => service.projector(none, board), 'projector takes a store with readStream; got undefined'],
  ['no store to rebuild', () => service.rebuild(none, board), 'rebuild takes a store with startGeneration'],
  ['no store of payments', () => service.readPaymentQueue(none), 'readPaymentQueue takes a store with readRows'],
  ['no store to pay', () => service.markPaid(none, text, object), 'markPaid takes a store with commitCheckpoint'],
  ['no rows', () => service.boardOf(none, at), 'boardOf takes a list of rows; got undefined'],
  ['no payments', () => service.paymentQueueOf(none), 'paymentQueueOf takes a list of rows; got undefined'],
  [
    'no followed store',
    () => service.catchUp({ ...subscription, store: object }),
    'A subscription takes { store, consumer }',
  ],
  ['an observer', () => service.catchUp({ ...subscription, observe: text }), 'observe is a function'],
  ['a clock', () => service.catchUp({ ...subscription, now: text }), 'now is a function'],
  ['a codec', () => service.catchUp({ ...subscription, codec: text }), 'codec is { encode, decode }; got string'],
  ['a signal', () => service.catchUp({ ...subscription, signal: text }), 'signal is an AbortSignal; got string'],
  ['a stream', () => service.retryParked(subscription, 5 as never), 'retryParked takes a list of the names of streams'],
  ['seals', () => service.createService({ store, sealed: text }), 'createService takes { sealed } as true or false'],
  ['no events', () => store.appendToStream('s', none), 'An append takes a list of events'],
  ['rows', () => store.appendToStream('s', [], { rows: object }), 'rows is a list'],
  [
    'no fold',
    () => store.aggregateStream('s', none),
    'aggregateStream takes { evolve, initialState }, each a function',
  ],
  [
    'half a fold',
    () => store.aggregateStream('s', { evolve } as never),
    'aggregateStream takes { evolve, initialState }',
  ],
  [
    'a database of no driver',
    () => sqliteStore({ database: { prepare: () => 0, exec: () => 0, close: () => 0 } as never }),
    'sqliteStore takes { database }, a database that better-sqlite3, node:sqlite or bun:sqlite has opened',
  ],
  [
    'the class of a database',
    () => sqliteStore({ database: class Database {} as never }),
    'node:sqlite or bun:sqlite has opened: new Database(file); got function',
  ],
  [
    'no handler',
    () => service.catchUp({ store, consumer: 'board' } as never),
    'A subscription takes handle, a function; got undefined',
  ],
  [
    'a client for a pool',
    () => postgresStore({ pool: { connect: () => 0 } as never }),
    'postgresStore takes { pool }, { connectionString }, { connection } or { hosts }',
  ],
  ['a form by its name', () => forms.shownFields('StartWork' as never, {}), 'shownFields takes a form, as formOf'],
  [
    'a file for its text',
    () => parseUnsent(new Uint8Array() as never),
    'parseUnsent takes a file, or its text; got object',
  ],
  [
    'a text for a photograph',
    () => ofPhone().photos.add('v-1', text),
    'photos.add takes a Blob or a Uint8Array; got string',
  ],
  ['no records', () => testing.checkHistory(none, []), 'checkHistory takes records and final streams, each a list'],
  [
    'no state',
    () => testing.commandsIn(none, at),
    `commandsIn takes the state, of stateVersion ${core.stateVersion}; got undefined`,
  ],
  [
    'no near state',
    () => testing.nearCommandsIn(none, at),
    `nearCommandsIn takes the state, of stateVersion ${core.stateVersion}`,
  ],
  ['no command', () => testing.given().when(none), 'when takes a command; got undefined'],
  [
    'an assignment',
    () => testing.visitAt('working', { assignment: { caseNo: 1 } as never }),
    'option of assignment: caseNo',
  ],
  [
    'a promise',
    () => testing.decisionTable(Promise.resolve() as never),
    'decisionTable takes what explore answers, awaited',
  ],
  ['a length', () => testing.walks(text), 'maxLength is a whole number from 1; got string'],
  [
    'a beginning',
    () => testing.visitAt('working', { begin: 'x' }),
    'begin is an instant, such as "2026-03-17T14:00:00.000Z"; got string',
  ],
  [
    'a date for now',
    () => service.boardPageOf([], { now: new Date() as never }),
    'now is an instant, such as "2026-03-17T14:00:00.000Z"; got object',
  ],
  ['no listener', () => ofPhone().subscribe(none), 'subscribe takes a function; got undefined'],
  ['an unsealed log', () => chain.exportHead(testing.visitAt('working').events), 'seal the log first'],
  [
    'a store for its handle',
    () =>
      testing
        .storeConformance({ open: () => store as never, capabilities: [] })
        .cases.find(({ skip }) => skip === false)
        ?.run(),
    'open of storeConformance answers { store }, a store with readStream; got undefined',
  ],
  [
    'no half of a subject',
    () => testing.coreLaws(object),
    'coreLaws takes { decide, evolve, initialState }, each a function',
  ],
  ['a capability', () => testing.describeCapability('feeds' as never), 'Unknown capability feeds. Did you mean feed?'],
];

describe('what is passed by mistake is named, in a sentence of ours', () => {
  it.each(cases)('%s', async (_, call, says) => {
    const error = await Promise.resolve()
      .then(call)
      .then(
        () => new Error('passed in silence'),
        (reason: unknown) => reason as Error,
      );
    expect(error.message).toContain(says);
    expect(['TypeError', 'RangeError', 'StoreError', 'Error']).toContain(error.name);
  });
});
