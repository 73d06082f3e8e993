import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as chain from '../../src/chain.ts';
import * as forms from '../../src/forms.ts';
import * as core from '../../src/index.ts';
import * as indexeddb from '../../src/indexeddb.ts';
import * as logs from '../../src/logs.ts';
import * as memory from '../../src/memory.ts';
import * as postgres from '../../src/postgres.ts';
import * as privacy from '../../src/privacy.ts';
import * as replica from '../../src/replica.ts';
import * as report from '../../src/report.ts';
import * as service from '../../src/service.ts';
import * as sqlite from '../../src/sqlite.ts';
import * as testing from '../../src/testing.ts';
import * as wire from '../../src/wire.ts';

/** An option that no function knows. */
const nonsense = { nonsense: 1 } as never;
const withNonsense = (options: object) => ({ ...options, ...(nonsense as object) }) as never;

const state = core.initialState();
const store = memory.memoryStore();
const handler = service.createService({ store });
const board = service.boardProjection;
const subscription = { store, consumer: 'board', handle: () => undefined };
const actor = { role: 'provider', id: 'p-1' } as const;
const at = '2026-03-17T14:00:00.000Z';
const command = core.commands.startWork({ visitId: 'v-1', at }, actor);
const { decide, evolve, initialState } = core;
const subject = { decide, evolve, initialState };
const first = async (parts: AsyncIterable<unknown>) => {
  for await (const part of parts) return part;
  return undefined;
};

type Call = () => unknown;

const ofReplica = {
  store: memory.memoryReplicaStore(),
  remote: { sync: () => undefined } as never,
  actor,
  device: 'phone-1',
};
const operator = { role: 'contact-center', id: 'op-1' } as const;
const settling = { log: [], discrepancyId: 'd-1', taken: [], text: 'no', at, operator, commandId: 's-1' };

/** The functions of each entry that take options, each called with an unknown one. */
const takers: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  core: {
    audit: () => core.audit([], nonsense),
    createCommand: () => core.createCommand('StartWork', { visitId: 'v-1', at }, actor, nonsense),
    createVisitDecider: () => core.createVisitDecider(nonsense),
    decide: () => core.decide(command, state, nonsense),
    'a policy of the audit': () => core.audit([], { policy: nonsense }),
    'thresholds of a policy': () => core.decide(command, state, { thresholds: nonsense }),
    discrepancies: () => core.discrepancies([], nonsense),
    disposal: () => core.disposal(state, withNonsense({ trigger: 'end', years: 1 })),
    dossier: () => core.dossier([], nonsense),
    guide: () => core.guide(state, withNonsense({ role: 'provider' })),
    lines: () => core.lines('StartWork', state, withNonsense({ role: 'provider' })),
    missing: () => core.missing(state, nonsense),
    reconcile: () => core.reconcile(withNonsense({ log: [], basedOn: 0, commands: [] })),
    phrase: () => core.phrase('begin', state, withNonsense({ role: 'provider' })),
    script: () => core.script(state, withNonsense({ role: 'provider' })),
    settlement: () => core.settlement(withNonsense(settling)),
    'phrases of a guide': () => core.guide(state, { role: 'provider', phrases: { en: nonsense }, locale: 'en' }),
  },
  wire: {},
  service: {
    assignmentsProjector: () => service.assignmentsProjector(store, nonsense),
    heldPhotos: () => service.heldPhotos(withNonsense({ log: [], holdings: [] })),
    readAssignments: () => service.readAssignments(store, 'p-1', nonsense),
    catchUp: () => service.catchUp(withNonsense(subscription)),
    createService: () => service.createService(withNonsense({ store })),
    'retry of createService': () => service.createService({ store, retry: nonsense }),
    'projections of createService': () => service.createService({ store, projections: [withNonsense(board)] }),
    handle: () => handler.handle(command, nonsense),
    handleBatch: () => handler.handleBatch([command], nonsense),
    load: () => handler.load('v-1', nonsense),
    settle: () => handler.settle(command as never, nonsense),
    sync: () => handler.sync({ visitId: 'v-1', basedOn: 0, commands: [] }, actor, nonsense),
    'a batch': () => handler.sync(withNonsense({ visitId: 'v-1', basedOn: 0, commands: [] }), actor),
    subscribe: () => service.subscribe(withNonsense({ ...subscription, signal: AbortSignal.abort() })),
    projector: () => service.projector(store, board, nonsense),
    'a projection': () => service.projector(store, withNonsense(board)),
    lag: () => service.lag(withNonsense(subscription)),
    markPaid: () => service.markPaid(store, { streamName: 's' }, { visitId: 'v-1', paidAt: at }, nonsense),
    'a payment': () => service.markPaid(store, { streamName: 's' }, withNonsense({ visitId: 'v-1', paidAt: at })),
    parked: () => service.parked(withNonsense(subscription)),
    paymentProjection: () => service.paymentProjection(nonsense),
    readPayment: () => service.readPayment(store, { streamName: 's' }, nonsense),
    readPaymentQueue: () => service.readPaymentQueue(store, nonsense),
    readProjection: () => service.readProjection(store, board, nonsense),
    boardPageOf: () => service.boardPageOf([], withNonsense({ now: at })),
    readBoardPage: () => service.readBoardPage(store, withNonsense({ now: at })),
    rebuild: () => service.rebuild(store, board, nonsense),
    rebuildSearch: () => service.rebuildSearch(store, nonsense),
    searchProjector: () => service.searchProjector(store, nonsense),
    searchVisits: () => service.searchVisits(store, 'x', nonsense),
    visitTimeline: () => service.visitTimeline([], nonsense),
    retryParked: () => service.retryParked(withNonsense(subscription)),
  },
  forms: {
    describeData: () => forms.describeData('StartWork', {}, forms.formsEn, nonsense),
    readForm: () => forms.readForm('StartWork', {}, forms.formsEn, nonsense),
    valuesOf: () => forms.valuesOf('StartWork', {}, forms.formsEn, nonsense),
  },
  memory: {
    readStream: () => store.readStream('s', nonsense),
    'a read of aggregateStream': () =>
      store.aggregateStream('s', { evolve: () => 0, initialState: () => 0, read: nonsense }),
    appendToStream: () => store.appendToStream('s', [], nonsense),
    readStored: () => store.readStored('s', nonsense),
    readFeed: () => store.readFeed(nonsense),
    readRows: () => store.readRows('board', nonsense),
    commitCheckpoint: () => store.commitCheckpoint('board', withNonsense({ expected: 0, cursor: null })),
  },
  sqlite: {
    sqliteKeyStore: () => sqlite.sqliteKeyStore(withNonsense({ file: ':memory:' })),
    sqliteReplicaStore: () => sqlite.sqliteReplicaStore(withNonsense({ file: ':memory:' })),
    sqliteStore: () => sqlite.sqliteStore(withNonsense({ file: ':memory:' })),
  },
  indexeddb: {
    indexedDbDeviceKey: () => indexeddb.indexedDbDeviceKey(withNonsense({ name: 'visits' })),
    indexedDbReplicaStore: () => indexeddb.indexedDbReplicaStore(withNonsense({ name: 'visits' })),
    indexedDbStore: () => indexeddb.indexedDbStore(withNonsense({ name: 'visits' })),
  },
  postgres: {
    postgresHardening: () => postgres.postgresHardening(withNonsense({ role: 'app' })),
    postgresKeyMigrations: () => postgres.postgresKeyMigrations(nonsense),
    postgresKeyStore: () => postgres.postgresKeyStore(withNonsense({ connectionString: 'postgres://nowhere' })),
    postgresMigrations: () => postgres.postgresMigrations(nonsense),
    postgresStore: () => postgres.postgresStore(withNonsense({ connectionString: 'postgres://nowhere' })),
  },
  replica: {
    createReplica: () => replica.createReplica(withNonsense(ofReplica)),
    httpRemote: () => replica.httpRemote(withNonsense({ url: 'https://example.test' })),
    'act of a replica': () => replica.createReplica(ofReplica).act(command as never, nonsense),
    'sync of a replica': () => replica.createReplica(ofReplica).sync(nonsense),
    'start of a replica': () => replica.createReplica(ofReplica).start(nonsense),
    'exportUnsent of a replica': () => replica.createReplica(ofReplica).exportUnsent(nonsense),
    'photos.add of a replica': () =>
      replica.createReplica(ofReplica).photos.add('visit-1', new Uint8Array(1), nonsense),
  },
  report: {
    reportHtml: () => report.reportHtml([], nonsense),
    'a provenance': () => report.reportHtml([], { provenance: nonsense }),
    reportHtmlStream: () => first(report.reportHtmlStream([], nonsense)),
  },
  logs: {
    auditLog: () => first(logs.auditLog('', nonsense)),
    auditSheet: () => first(logs.auditSheet([], {} as never, nonsense)),
  },
  chain: {
    receipt: () => chain.receipt([], withNonsense({ facts: [] })),
    verifyReceipt: () => chain.verifyReceipt('', nonsense),
    signAct: () => chain.signAct(command, withNonsense({ basedOn: 0, head: null })),
  },
  privacy: {
    createPrivacy: () =>
      privacy.createPrivacy(
        withNonsense({ keys: memory.memoryKeyStore(), wrapping: privacy.memoryWrappingKeys(), store }),
      ),
    dispose: () => privacy.dispose(withNonsense({ privacy: {} as never, store, table: [] }), 'v-1', operator),
    dueForDisposal: () =>
      first(privacy.dueForDisposal(withNonsense({ privacy: {} as never, store, table: [] }), ['v-1'])),
    searchCopy: () => privacy.searchCopy(store, nonsense),
    subjectReport: () => privacy.subjectReport(withNonsense({ privacy: {} as never, store, subjects: [] })),
  },
  testing: {
    coreLaws: () => testing.coreLaws(withNonsense(subject)),
    'the run of a law': () => testing.coreLaws()[0]?.run(nonsense),
    eventsAfter: () => testing.eventsAfter('StartWork', nonsense),
    eventsBefore: () => testing.eventsBefore('StartWork', nonsense),
    explore: () => testing.explore(nonsense),
    exploreCommutation: () => testing.exploreCommutation(nonsense),
    plainVisit: () => testing.plainVisit(nonsense),
    handlerLaws: () => testing.handlerLaws(withNonsense({ open: () => undefined })),
    'the run of a law of a handler': () => testing.handlerLaws({ open: () => undefined as never })[0]?.run(nonsense),
    firstBroken: () => testing.firstBroken([], nonsense),
    histories: () => testing.histories(nonsense),
    projectionLaws: () => testing.projectionLaws(withNonsense({ initialState: () => 0, evolve: () => 0 })),
    'the run of a law of a projection': () =>
      testing.projectionLaws({ initialState: () => 0, evolve: () => 0 })[0]?.run(nonsense),
    'rejects of given': () =>
      testing
        .given()
        .when(command)
        .rejects(withNonsense({ clause: '1.1-13' })),
    simulate: () => testing.simulate(withNonsense({ visits: 1 })),
    'the mix of simulate': () => testing.simulate({ visits: 1, mix: nonsense }),
    replicaStoreConformance: () => testing.replicaStoreConformance(withNonsense({ open: () => ({ store }) })),
    syncServerConformance: () => testing.syncServerConformance(withNonsense({ url: 'https://host.test' })),
    storeConformance: () => testing.storeConformance(withNonsense({ open: () => ({ store }), capabilities: [] })),
    visitAt: () => testing.visitAt('working', nonsense),
  },
};

/** The functions that take none. */
const others: Readonly<Record<string, string>> = {
  core: `actName castoreEventTypes castoreReducer clause evolve explain fromEventDetail initialState isClauseId isWaivable
    replay requirementName roleName schemaVersionOf toEventDetail unmetForPayment worked`,
  wire: `explainIssue isId jsonSchema parseCommand parseCommands parseEvent parseLog parsePolicy upcast upcasterOf
    validationMode`,
  service: `boardOf clientView compareQueuePlaces explainPassed isServiceError orderQueue paymentQueueOf providerView
    waitingVisit`,
  replica: 'parseUnsent',
  forms: 'formOf knownData notForPeople rowFields shownFields',
  memory:
    'copyMemoryStore isCheckpointConflict isEventIdReused isStoreError isVersionConflict memoryKeyStore memoryReplicaStore memoryStore',
  sqlite: 'backupSqliteStore isCheckpointConflict isEventIdReused isStoreError isVersionConflict',
  indexeddb: 'isCheckpointConflict isEventIdReused isStoreError isVersionConflict runJournalWorker',
  postgres: 'isCheckpointConflict isEventIdReused isStoreError isVersionConflict',
  report: 'isPhotoUrl',
  logs: 'countVisits linesOf parseMapping readSheet',
  chain: 'exportHead seal verifyActs verifyChain',
  privacy:
    'fileWrappingKeys givenWrappingKeys isToken memoryWrappingKeys parseRetentionTable personalFields disposalPageHtml subjectReportHtml',
  testing: `advance checkHistory command commandsIn decisionTable describeCapability fact given givenOn illegalHistories interleavings
    merges minute nearCommandsIn reconcileLaws roleMatrix shortestHistories stateDiagram storeTask walks`,
};

const entries = {
  core,
  wire,
  service,
  replica,
  forms,
  memory,
  sqlite,
  indexeddb,
  postgres,
  report,
  logs,
  chain,
  privacy,
  testing,
};

/** The entries of the same functions as the main one, of words, and of invariants, none of which takes options of its own. */
const without = ['core.ts', 'en.ts', 'es-CR.ts', 'invariants.ts'];

it('each entry is listed', () => {
  const listed = Object.keys(entries).map((name) => (name === 'core' ? 'index.ts' : `${name}.ts`));
  expect([...listed, ...without].sort()).toEqual(
    readdirSync('src')
      .filter((file) => file.endsWith('.ts'))
      .sort(),
  );
});

describe.each(Object.entries(entries))('%s', (entry, exported) => {
  const known = Object.keys(takers[entry]!);
  const plain = others[entry]!.split(/\s+/);

  it('says of each function whether it takes options', () => {
    const functions = Object.entries(exported)
      .filter(([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name))
      .map(([name]) => name);
    expect(functions.filter((name) => known.includes(name) === plain.includes(name))).toEqual([]);
    expect(plain.filter((name) => !functions.includes(name))).toEqual([]);
  });

  it.each(Object.entries(takers[entry]!))('%s refuses an option that it does not know, by name', async (_, call) => {
    const error = await Promise.resolve()
      .then(call)
      .then(
        () => 'passed in silence',
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^Unknown .*nonsense\..* Known: \w/);
  });
});
