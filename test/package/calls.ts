import type { VisitEvent, VisitState } from '../../src/index.ts';

/**
 * A call of each export of each entry, which really exercises it: test/package/calls.test.ts runs them on the packed package, as
 * CommonJS and as an ECMAScript module. The answer of a call is the same in both.
 */
type Entries = {
  readonly auxilio: typeof import('../../src/index.ts');
  readonly 'auxilio/core': typeof import('../../src/core.ts');
  readonly 'auxilio/es-CR': typeof import('../../src/es-CR.ts');
  readonly 'auxilio/en': typeof import('../../src/en.ts');
  readonly 'auxilio/invariants': typeof import('../../src/invariants.ts');
  readonly 'auxilio/wire': typeof import('../../src/wire.ts');
  readonly 'auxilio/service': typeof import('../../src/service.ts');
  readonly 'auxilio/replica': typeof import('../../src/replica.ts');
  readonly 'auxilio/forms': typeof import('../../src/forms.ts');
  readonly 'auxilio/memory': typeof import('../../src/memory.ts');
  readonly 'auxilio/sqlite': typeof import('../../src/sqlite.ts');
  readonly 'auxilio/postgres': typeof import('../../src/postgres.ts');
  readonly 'auxilio/indexeddb': typeof import('../../src/indexeddb.ts');
  readonly 'auxilio/report': typeof import('../../src/report.ts');
  readonly 'auxilio/logs': typeof import('../../src/logs.ts');
  readonly 'auxilio/chain': typeof import('../../src/chain.ts');
  readonly 'auxilio/privacy': typeof import('../../src/privacy.ts');
  readonly 'auxilio/testing': typeof import('../../src/testing.ts');
};
type Entry = keyof Entries;

/** Loads an entry in the module system under test. */
export type Load = <E extends Entry>(entry: E) => Entries[E];

/** The things that a call needs of the test: a folder, the address of a Postgres server, a sheet of a third party and its mapping. */
export type Given = Readonly<{
  folder: string;
  connectionString: string;
  sheet: string;
  mapping: string;
  fc: typeof import('fast-check');
}>;

type Calls<M> = { readonly [Name in keyof M]: () => unknown };

const at = '2026-03-17T14:00:00.000Z';
const visitId = 'v-1';
const streamName = 'visit-v-1';
const operator = { role: 'contact-center', id: 'op-7' } as const;
const luis = { role: 'provider', id: 'prov-14' } as const;
const reason = 'the reason';

const all = async <T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

/** The code or name of an error, and that it is one. */
/** A page whose cursor lacks the epoch of its database, which is made by chance. */
const withoutEpoch = <Page extends { readonly cursor: string }>(page: Page): Page => ({
  ...page,
  cursor: page.cursor.replace(/^\w+~/, ''),
});

const shown = (error: Error) => [error instanceof Error, error.name, error.message, (error as { code?: string }).code];

/** Calls of the exports that every store has. */
function ofStores(of: Omit<Entries['auxilio/memory'], `memory${string}` | 'copyMemoryStore'>) {
  const { CheckpointConflictError, EventIdReusedError, StoreError, VersionConflictError } = of;
  const conflict = new VersionConflictError('s', 1n, 2n);
  return {
    ReplicaConflictError: () => shown(new of.ReplicaConflictError('v-1', 1, 2)),
    CheckpointConflictError: () => shown(new CheckpointConflictError('board', 1, 2)),
    EventIdReusedError: () => shown(new EventIdReusedError('e-1', 'other-content')),
    StoreError: () => shown(new StoreError('full', reason)),
    VersionConflictError: () => shown(conflict),
    isCheckpointConflict: () => of.isCheckpointConflict(new CheckpointConflictError('board', 1, 2)),
    isEventIdReused: () => of.isEventIdReused(new EventIdReusedError('e-1', 'other-content')),
    isStoreError: () => of.isStoreError(new StoreError('full', reason)),
    isVersionConflict: () => of.isVersionConflict(conflict),
    NO_CONCURRENCY_CHECK: () => of.NO_CONCURRENCY_CHECK,
    STREAM_DOES_NOT_EXIST: () => of.STREAM_DOES_NOT_EXIST,
    STREAM_EXISTS: () => of.STREAM_EXISTS,
  };
}

export function calls(load: Load, given: Given): { readonly [E in Entry]: Calls<Entries[E]> } {
  const core = load('auxilio');
  const service = load('auxilio/service');
  const testing = load('auxilio/testing');
  const { copyMemoryStore, memoryKeyStore, memoryStore, memoryReplicaStore } = load('auxilio/memory');
  const { fc } = given;

  const { commands, decide, initialState, replay } = core;
  const assign = commands.assignVisit(
    {
      visitId,
      at,
      caseNumber: 'EXP-1',
      service: 'fontanería',
      client: { name: 'Ana Rojas' },
      place: 'Barva',
      provider: { id: 'prov-14', name: 'Luis Mora' },
      arriveBy: at,
    },
    operator,
    'c-1',
  );
  const start = commands.startWork({ visitId, at }, luis, 'c-2');
  const arrival = commands.recordArrival({ visitId, at }, luis, 'c-3');
  const log = [...testing.eventsBefore('GiveFarewell')];
  const state = replay(log);
  const assigned = decide(assign, initialState());
  const refusal = decide(start, initialState());
  if (!assigned.ok || refusal.ok) throw new Error('the first command is accepted, the second refused');
  const event = assigned.events[0]!;
  const merged = core.reconcile({ log: assigned.events, basedOn: 1, commands: [arrival, start] });
  if (!merged.ok) throw new Error('two commands are reconciled');
  const reported = [...assigned.events, ...merged.events];
  const settling = { discrepancyId: 'v-1:2', taken: [], text: reason, at, operator, commandId: 's-1' };

  /** A store with one visit. */
  const filled = async () => {
    const store = memoryStore();
    await service.createService({ store }).handle(assign);
    return store;
  };
  const caughtUp = async (projecting: (store: Awaited<ReturnType<typeof filled>>) => object) => {
    const store = await filled();
    await service.catchUp({ ...(projecting(store) as ReturnType<typeof service.projector>) });
    return store;
  };
  const { boardProjection } = service;
  const rowsOf = async () => {
    const store = await caughtUp((one) => service.projector(one, boardProjection));
    return service.readProjection(store, boardProjection);
  };
  const withPoison = async () => {
    const store = await filled();
    const handle = () => {
      throw new service.PoisonError(reason);
    };
    await service.catchUp({ store, consumer: 'calls', handle });
    return store;
  };
  const seen: string[] = [];
  const noting = { consumer: 'calls', handle: ({ streamName }: { streamName: string }) => void seen.push(streamName) };

  const ofCore = {
    VisitError: () => shown(new core.VisitError(refusal.rejection, true)),
    audit: () => core.audit(log).clean,
    castoreEventTypes: () => core.castoreEventTypes().length,
    castoreReducer: () =>
      core.castoreReducer(undefined, {
        ...core.toEventDetail(event),
        aggregateId: visitId,
        version: 1,
        timestamp: at,
      } as never),
    clauses: () => core.clauses.length,
    clause: () => core.clause('1.1-13'),
    commandTypes: () => core.commandTypes,
    createVisitDecider: () => core.createVisitDecider().decide(assign, initialState()),
    decide: () => decide(start, initialState()),
    discrepancies: () => core.discrepancies(reported),
    disposal: () =>
      core.disposal(
        testing.visitAt('completed').state,
        { authority: 'A', series: 'S', support: 'electronic', trigger: 'end', years: 5 },
        '2032-01-01T00:00:00.000Z',
      ),
    dossier: () => core.dossier(log),
    edition: () => core.edition,
    eventTypes: () => core.eventTypes,
    evolve: () => core.evolve(initialState(), event),
    fromEventDetail: () => core.fromEventDetail(core.toEventDetail(event)),
    isClauseId: () => core.isClauseId('1.1-13'),
    missing: () => core.missing(replay(assigned.events)),
    phases: () => core.phases,
    reconcile: () => core.reconcile({ log: assigned.events, basedOn: 1, commands: [arrival, start] }),
    replay: () => replay(log),
    ruleIds: () => core.ruleIds,
    schemaVersionOf: () => core.schemaVersionOf(event),
    settlement: () => core.settlement({ log: reported, ...settling }),
    toEventDetail: () => core.toEventDetail(event),
    unmetForPayment: () => core.unmetForPayment(state),
    visitDecider: () => core.visitDecider.decide(assign, core.visitDecider.initialState()),
    worked: () => core.worked(state),
    commands: () => Object.keys(commands),
    createCommand: () => core.createCommand('StartWork', { visitId, at }, luis),
    defaultPolicy: () => core.defaultPolicy,
    initialState: () => initialState(),
    isWaivable: () => core.isWaivable('photos-sent'),
    locales: () => core.locales,
    roles: () => core.roles,
    schemaVersion: () => core.schemaVersion,
    stateVersion: () => core.stateVersion,
    waivableRules: () => core.waivableRules,
  };
  const asked = { role: 'provider', locale: 'es-CR' } as const;
  const plain = load('auxilio/core');
  const { esCR } = load('auxilio/es-CR');
  const { en } = load('auxilio/en');
  const spoken = { role: 'provider', language: esCR } as const;

  const wire = load('auxilio/wire');
  const refusedInput = wire.parseCommand({ type: 'StartWork' });
  if (refusedInput.ok) throw new Error('a command without data is refused');

  const forms = load('auxilio/forms');
  const { formsEsCR } = forms;
  const values = { diagnosis: 'tubo roto' };
  const photographs = forms.formOf('TakePhotos', formsEsCR).fields.find(({ kind }) => kind === 'photographs');

  const replica = load('auxilio/replica');
  const remote = replica.httpRemote({ url: 'https://example.test', fetch: (async () => Response.error()) as never });
  const opened = (store = memoryReplicaStore()) =>
    replica.createReplica({ store, remote, actor: luis, device: 'phone-1' });
  const chain = load('auxilio/chain');
  const logs = load('auxilio/logs');
  const report = load('auxilio/report');
  const lines = log.map((one) => JSON.stringify(one)).join('\n');
  const mapping = logs.parseMapping(JSON.parse(given.mapping));
  if (!mapping.ok) throw new Error('the mapping of the example is valid');

  const sqlite = load('auxilio/sqlite');
  const file = `${given.folder}/visits.sqlite`;
  const postgres = load('auxilio/postgres');
  const indexeddb = load('auxilio/indexeddb');
  const { createService } = service;
  const phaseIn = async (store: Parameters<typeof createService>[0]['store'] & { close(): Promise<void> }) => {
    try {
      const { handle, load: loaded } = createService({ store });
      return [(await handle(assign)).ok, (await loaded(visitId)).state.phase];
    } finally {
      await store.close();
    }
  };
  /** The state of a key that was created and erased. */
  const erasedIn = async (store: ReturnType<typeof memoryKeyStore>) => {
    await store.startEpoch(null, 'e-1');
    await store.create([{ id: 'v-1 client', life: 1, state: 'active', epoch: 'e-1', wrapped: 'AAAA' }]);
    await store.erase([{ id: 'v-1 client', life: 1 }]);
    const keys = await store.read(['v-1 client']);
    await store.close();
    return keys;
  };
  const privacy = load('auxilio/privacy');
  const wrappedBy = async (wrapping: ReturnType<typeof privacy.memoryWrappingKeys>) => {
    const secret = new Uint8Array(32).fill(7);
    await wrapping.wrap('epoch-1', [], true);
    const [wrapped = ''] = await wrapping.wrap('epoch-1', [{ id: 'a', secret }]);
    return [...((await wrapping.unwrap('epoch-1', [{ id: 'a', wrapped }]))[0] ?? [])];
  };
  const table = [{ authority: 'A', series: 'S', support: 'electronic', trigger: 'end', years: 5 }] as const;
  const retained = async () => {
    const store = memoryStore();
    const own = await privacy.createPrivacy({ store, keys: memoryKeyStore(), wrapping: privacy.memoryWrappingKeys() });
    await createService({ store, privacy: own }).handle(assign);
    return { store, privacy: own, table };
  };
  const groups = (store: ReturnType<typeof memoryReplicaStore>) => opened(store).visits();

  const quick = { numRuns: 2, seed: 7 };
  const holds = <T>(arbitrary: import('fast-check').Arbitrary<T>, one: (value: T) => boolean) => {
    fc.assert(fc.property(arbitrary, one), quick);
    return true;
  };
  const ran = (laws: ReturnType<typeof testing.coreLaws>, parameters: object) =>
    laws.map(({ name, run }) => {
      run(parameters);
      return name;
    });
  const explored = testing.explore({ limit: 300 });
  return {
    auxilio: {
      ...ofCore,
      actName: () => core.actName('StartWork', 'es-CR'),
      catalogues: () => Object.keys(core.catalogues),
      explain: () => core.explain(refusal.rejection, 'es-CR'),
      guide: () => core.guide(state, asked),
      lines: () => core.lines('ShowCredential', state, asked),
      phrase: () => core.phrase('begin', state, asked),
      requirementName: () => core.requirementName('photos-sent', 'en'),
      roleName: () => core.roleName('provider', 'en'),
      script: () => core.script(state, asked),
    },
    'auxilio/core': {
      ...ofCore,
      actName: () => plain.actName('StartWork', esCR),
      explain: () => plain.explain(refusal.rejection, en),
      guide: () => plain.guide(state, spoken),
      lines: () => plain.lines('ShowCredential', state, spoken),
      phrase: () => plain.phrase('begin', state, spoken),
      requirementName: () => plain.requirementName('photos-sent', en),
      roleName: () => plain.roleName('provider', en),
      script: () => plain.script(state, spoken),
    },
    'auxilio/es-CR': {
      clauseTexts: () => load('auxilio/es-CR').clauseTexts['1.1-13'],
      esCR: () => plain.explain(refusal.rejection, esCR),
    },
    'auxilio/en': {
      clauseTexts: () => load('auxilio/en').clauseTexts['1.1-13'],
      en: () => plain.explain(refusal.rejection, en),
    },
    'auxilio/invariants': invariantCalls(load('auxilio/invariants'), log, state),
    'auxilio/wire': {
      commandSchemas: () => wire.commandSchemas.StartWork.safeParse(start).success,
      eventSchemas: () => wire.eventSchemas.VisitAssigned.safeParse(event).success,
      explainIssue: () => wire.explainIssue(refusedInput.issues[0]!, 'es-CR'),
      fieldMetadata: () => Object.keys(wire.fieldMetadata),
      jsonSchema: () => JSON.stringify(wire.jsonSchema()).length,
      parseCommand: () => wire.parseCommand(JSON.stringify(start)),
      parseCommands: () => all(wire.parseCommands(JSON.stringify(start))),
      parseEvent: () => wire.parseEvent(JSON.stringify(event)),
      parseLog: async () => (await all(wire.parseLog(lines))).length,
      parsePolicy: () => wire.parsePolicy({ allow: ['painting'] }),
      upcast: () => wire.upcast(event),
      upcasterOf: () => wire.upcasterOf([], 1)(event),
      validationMode: () => wire.validationMode(),
      LIMITS: () => wire.LIMITS,
      isId: () => wire.isId('v-1'),
    },
    'auxilio/service': {
      AppendInDoubtError: () => shown(new service.AppendInDoubtError('c-1', { cause: 1 })),
      BatchRefusedError: () => shown(new service.BatchRefusedError('unassigned' as never)),
      ChainBrokenError: () => shown(new service.ChainBrokenError('s', 1n, 'changed' as never)),
      CommandIdReusedError: () => shown(new service.CommandIdReusedError('c-1')),
      HandlerTimeoutError: () => shown(new service.HandlerTimeoutError(5)),
      MalformedCommandError: () => shown(new service.MalformedCommandError(refusedInput.issues)),
      MalformedFactError: () => shown(new service.MalformedFactError(refusedInput.issues)),
      NotAuthorizedError: () => shown(new service.NotAuthorizedError()),
      PaymentRefusedError: () => shown(new service.PaymentRefusedError('s', 'broken', { status: 'unverified' })),
      PoisonError: () => shown(new service.PoisonError(reason)),
      RebuildFailedError: () => shown(new service.RebuildFailedError('board', [])),
      ReconciledActError: () => shown(new service.ReconciledActError('SettleDiscrepancy', 'settle')),
      RecordingForbiddenError: () => shown(new service.RecordingForbiddenError('client')),
      RetriesExhaustedError: () => shown(new service.RetriesExhaustedError('c-1', { cause: 1 })),
      UnreadableStreamError: () => shown(new service.UnreadableStreamError('s', 1n, 'unreadable' as never)),
      VersionMismatchError: () => shown(new service.VersionMismatchError('s', 1n, 2n)),
      VisitTooLongError: () => shown(new service.VisitTooLongError('s', 10)),
      assignmentsProjector: async () =>
        withoutEpoch(
          await service.readAssignments(await caughtUp((one) => service.assignmentsProjector(one)), 'prov-14'),
        ),
      boardOf: async () => service.boardOf(await rowsOf(), at),
      boardPageOf: async () => service.boardPageOf(await rowsOf(), { now: at }),
      boardProjection: () => boardProjection.name,
      catchUp: async () => service.catchUp({ store: await filled(), ...noting }),
      clientView: () => service.clientView(log)?.facts.length,
      compareQueuePlaces: () =>
        service.compareQueuePlaces({ group: 'door', from: at, key: 'a' }, { group: 'owed', from: at, key: 'b' }),
      createService: async () => createService({ store: memoryStore(), now: () => at }).handle(assign),
      explainPassed: () => service.explainPassed({ reason: 'provider-arrived', at }, esCR),
      heldPhotos: () => service.heldPhotos({ log: [event], holdings: [] }),
      isServiceError: () => service.isServiceError(new service.CommandIdReusedError('c-1')),
      lag: async () => (await service.lag({ store: await filled(), consumer: 'calls', now: () => at })).events,
      markPaid: async () => {
        const store = await caughtUp((one) => service.projector(one, service.paymentProjection()));
        return [await service.markPaid(store, { streamName }, { visitId, paidAt: at }), 'answered'];
      },
      orderQueue: async () => service.orderQueue(await rowsOf(), at),
      parked: async () => (await service.parked({ store: await withPoison(), consumer: 'calls' })).length,
      paymentProjection: async () => {
        const store = await caughtUp((one) => service.projector(one, service.paymentProjection()));
        return service.readProjection(store, service.paymentProjection());
      },
      paymentQueueOf: () => service.paymentQueueOf([]),
      projector: async () => rowsOf(),
      providerView: () => service.providerView(log, 'prov-1'),
      readAssignments: async () =>
        withoutEpoch(
          await service.readAssignments(await caughtUp((one) => service.assignmentsProjector(one)), 'nobody'),
        ),
      readBoardPage: async () =>
        service.readBoardPage(await caughtUp((one) => service.projector(one, boardProjection)), { now: at }),
      readPayment: async () => [await service.readPayment(await filled(), { streamName })],
      readPaymentQueue: async () => service.readPaymentQueue(await filled()),
      readProjection: async () => rowsOf(),
      rebuild: async () => (await service.rebuild(await filled(), boardProjection)).events,
      rebuildSearch: async () => (await service.rebuildSearch(await filled())).events,
      retryParked: async () => [await service.retryParked({ store: await withPoison(), ...noting }, [streamName])],
      searchProjector: async () => service.searchVisits(await caughtUp((one) => service.searchProjector(one)), 'EXP-1'),
      searchVisits: async () => service.searchVisits(await caughtUp((one) => service.searchProjector(one)), 'barva'),
      subscribe: async () => [
        await service.subscribe({ store: await filled(), ...noting, signal: AbortSignal.abort() }),
      ],
      visitTimeline: () => service.visitTimeline(log),
      waitingVisit: async () => service.waitingVisit((await rowsOf())[0]!, at),
    },
    'auxilio/replica': {
      RemoteError: () => shown(new replica.RemoteError('offline' as never, reason)),
      createReplica: async () => {
        const own = opened();
        const refused = await own.act({ type: 'RecordArrival', data: { visitId, at } } as never);
        return [refused, await own.visits()];
      },
      httpRemote: async () => {
        const fetch = async () => new Response('{}', { status: 503 });
        const remote = replica.httpRemote({ url: 'https://example.test', fetch: fetch as never });
        return remote.sync({ visitId, basedOn: 0, commands: [] } as never).then(
          (answer) => answer,
          (error: Error) => shown(error),
        );
      },
      parseUnsent: async () => (await replica.parseUnsent(await opened().exportUnsent())).ok,
    },
    'auxilio/forms': {
      describeData: () => forms.describeData('AssessService', values, formsEsCR),
      formOf: () => forms.formOf('AssessService', formsEsCR),
      formsEn: () => forms.formOf('StartWork', forms.formsEn),
      formsEsCR: () => forms.formOf('StartWork', formsEsCR),
      knownData: () => forms.knownData('AnnounceService', state),
      notForPeople: () => forms.notForPeople('TakePhotos'),
      readForm: () => forms.readForm('AssessService', values, formsEsCR),
      rowFields: () => forms.rowFields(photographs as Parameters<typeof forms.rowFields>[0], 0),
      shownFields: () => forms.shownFields(forms.formOf('AssessService', formsEsCR), values),
      valuesOf: () => forms.valuesOf('AssessService', values, formsEsCR),
    },
    'auxilio/memory': {
      ...ofStores(load('auxilio/memory')),
      memoryKeyStore: () => erasedIn(memoryKeyStore()),
      copyMemoryStore: async () => (await copyMemoryStore(memoryStore()).readFeed()).length,
      memoryReplicaStore: () => groups(memoryReplicaStore()),
      memoryStore: async () => (await createService({ store: memoryStore() }).handle(assign)).ok,
    },
    'auxilio/sqlite': {
      ...ofStores(sqlite),
      sqliteStore: () => phaseIn(sqlite.sqliteStore({ file })),
      sqliteKeyStore: () => erasedIn(sqlite.sqliteKeyStore({ file: `${file}.keys` })),
      sqliteReplicaStore: () => groups(sqlite.sqliteReplicaStore({ file })),
      backupSqliteStore: async () => {
        await phaseIn(sqlite.sqliteStore({ file }));
        const { events, streams } = await sqlite.backupSqliteStore(file, `${file}.copy`);
        return { events, streams };
      },
    },
    'auxilio/postgres': {
      ...ofStores(postgres),
      postgresHardening: () => postgres.postgresHardening({ role: 'app' }),
      postgresKeyMigrations: () => postgres.postgresKeyMigrations().length,
      postgresKeyStore: () => erasedIn(postgres.postgresKeyStore({ connectionString: given.connectionString })),
      postgresMigrations: () => postgres.postgresMigrations().length,
      postgresStore: () =>
        phaseIn(postgres.postgresStore({ connection: { connectionString: given.connectionString } }) as never),
    },
    'auxilio/indexeddb': {
      ...ofStores(indexeddb),
      indexedDbDeviceKey: async () => (await indexeddb.indexedDbDeviceKey({ name: 'key' }).publicKey()).length > 0,
      indexedDbReplicaStore: () => groups(indexeddb.indexedDbReplicaStore({ name: 'replica' })),
      indexedDbStore: () => phaseIn(indexeddb.indexedDbStore({ name: 'visits' }) as never),
      runJournalWorker: () => typeof indexeddb.runJournalWorker,
    },
    'auxilio/report': {
      isPhotoUrl: () => report.isPhotoUrl('https://example.test/{visitId}/{photoId}'),
      reportHtml: () => report.reportHtml(log).length,
      reportHtmlStream: async () => (await all(report.reportHtmlStream([log]))).join('').length,
    },
    'auxilio/logs': {
      MappingError: () => shown(new logs.MappingError([])),
      auditLog: async () => (await all(logs.auditLog(lines))).map(({ visitId, audit }) => [visitId, audit.clean]),
      auditSheet: async () => (await all(logs.auditSheet([given.sheet], mapping.value))).map((one) => one.visitId),
      countVisits: async () => [...(await logs.countVisits(lines))],
      linesOf: async () => all(logs.linesOf(lines)),
      parseMapping: () => logs.parseMapping(JSON.parse(given.mapping)).ok,
      readSheet: async () => (await all(logs.readSheet([given.sheet], mapping.value))).length,
    },
    'auxilio/chain': {
      exportHead: () => chain.exportHead(chain.seal(log)),
      verifyChain: () => chain.verifyChain(chain.seal(log)),
      seal: () => chain.seal(log).length,
      signAct: async () => {
        const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
        const command = commands.giveFarewell(
          { visitId: 'v-1', at: testing.minute(1) },
          testing.actors.provider,
          'c-1',
        );
        const signed = await chain.signAct(command, { key, basedOn: 0, head: null });
        return signed.metadata.signature.length;
      },
      verifyActs: async () => (await chain.verifyActs(log, [])).acts.length,
      receipt: async () => (await chain.receipt(chain.seal(log), { facts: [] })).lines.length,
      verifyReceipt: async () => {
        const made = await chain.receipt(chain.seal(log), { facts: [] });
        return { ...(await chain.verifyReceipt(made)), receipt: null };
      },
    },
    'auxilio/privacy': {
      KeysUnavailableError: () => shown(new privacy.KeysUnavailableError()),
      PrivacyRefusedError: () => shown(new privacy.PrivacyRefusedError('held', visitId)),
      createPrivacy: async () => {
        const { store, privacy: own } = await retained();
        const stored = (await service.createService({ store, privacy: own }).load(visitId)).events;
        const name = JSON.parse(JSON.stringify(stored[0])).data.client.name;
        return [privacy.isToken(name), (await own.open(stored)).events[0]?.data];
      },
      disposalPageHtml: async () => {
        const record = await privacy.dispose(await retained(), visitId, operator).catch(() => null);
        return [record === null || privacy.disposalPageHtml(record, 'en').length > 0];
      },
      dispose: async () => privacy.dispose(await retained(), visitId, operator).catch(shown),
      dueForDisposal: async () => all(privacy.dueForDisposal({ ...(await retained()), now: () => at }, [visitId])),
      fileWrappingKeys: () => wrappedBy(privacy.fileWrappingKeys(`${given.folder}/wrapping`)),
      givenWrappingKeys: () => wrappedBy(privacy.givenWrappingKeys({ 'epoch-1': `${'A'.repeat(43)}=` })),
      isToken: () => [privacy.isToken('Ana'), privacy.isToken('a'.repeat(64))],
      memoryWrappingKeys: () => wrappedBy(privacy.memoryWrappingKeys()),
      parseRetentionTable: () => privacy.parseRetentionTable(JSON.stringify(table)),
      personalFields: () => privacy.personalFields().length,
      searchCopy: async () => {
        const copy = privacy.searchCopy(memoryStore());
        await copy.forget([{ visitId, subject: 'client' }]);
        return [copy.name];
      },
      subjectReport: async () => {
        const { store, privacy: own } = await retained();
        const subjects = [{ visitId, subject: 'client' }];
        return (await privacy.subjectReport({ privacy: own, store, subjects, now: () => at })).subjects.length;
      },
      subjectReportHtml: async () => {
        const { store, privacy: own } = await retained();
        const subjects = [{ visitId, subject: 'client' }];
        const report = await privacy.subjectReport({ privacy: own, store, subjects, now: () => at });
        return privacy.subjectReportHtml(report, 'es-CR').startsWith('<!doctype html>');
      },
    },
    'auxilio/testing': {
      ConformanceError: () => shown(new testing.ConformanceError(reason)),
      SpecificationError: () => shown(new testing.SpecificationError(reason, 1, 2)),
      actors: () => testing.actors,
      advance: () => testing.advance([], testing.visitAt('in-transit').commands).length,
      anyCommand: () => holds(testing.anyCommand, ({ type }) => typeof type === 'string'),
      anyEvent: () => holds(testing.anyEvent, ({ type }) => typeof type === 'string'),
      badLines: () => holds(testing.badLines, (line) => line !== undefined),
      checkHistory: () => testing.checkHistory([], [{ stream: 's', events: [{ id: 'e-1', version: 1 }] }]),
      command: () => testing.command('StartWork'),
      commandsIn: () => holds(testing.commandsIn(state, testing.minute(90)), (one) => decide(one, state).ok),
      coreLaws: () => ran(testing.coreLaws(), quick),
      decisionTable: async () => testing.decisionTable(await explored).length,
      defaultMix: () => testing.defaultMix,
      describeCapability: () => testing.describeCapability('feed'),
      eventsAfter: () => testing.eventsAfter('StartWork').length,
      eventsBefore: () => testing.eventsBefore('StartWork').length,
      explore: async () => (await explored).states,
      exploreCommutation: async () => Object.keys(await testing.exploreCommutation({ limit: 50 })),
      fact: () => testing.fact('WorkStarted'),
      firstBroken: () => testing.firstBroken([testing.fact('WorkStarted')])?.invariant,
      given: () => [testing.given(testing.eventsBefore('StartWork')).when(start).rejects !== undefined],
      givenOn: () => typeof testing.givenOn({ decide, evolve: core.evolve, initialState })(log).when,
      handlerLaws: async () => {
        const open = async () => {
          const { handle, load: loaded } = createService({ store: memoryStore() });
          return { handle, log: async (id: string) => (await loaded(id)).events };
        };
        const laws = testing.handlerLaws({ open });
        for (const { run } of laws) await run({ ...quick, numRuns: 1 });
        return laws.map(({ name }) => name);
      },
      histories: () => holds(testing.histories(), ({ events }) => events.length >= 0),
      illegalHistories: () => holds(testing.illegalHistories(), ({ events }) => events.length >= 0),
      interleavings: () => holds(testing.interleavings(), ({ merged: both }) => both.length >= 0),
      merges: () => holds(testing.merges(), (one) => one !== undefined),
      minute: () => testing.minute(5),
      nearCommandsIn: () =>
        holds(testing.nearCommandsIn(state, testing.minute(90)), (one) => one === null || one.rule.length > 0),
      offlineMix: () => testing.offlineMix,
      plainVisit: () => testing.plainVisit().length,
      points: () => testing.points,
      policies: () => holds(testing.policies, (policy) => policy === undefined || typeof policy === 'object'),
      projectionLaws: () => {
        const laws = testing.projectionLaws({ initialState: () => 0, evolve: (count) => count });
        return laws.map(({ name }) => name);
      },
      reconcileLaws: () => ran(testing.reconcileLaws(), { ...quick, numRuns: 1 }),
      replicaStoreConformance: async () => {
        const { cases } = testing.replicaStoreConformance({ open: () => ({ store: memoryReplicaStore() }) });
        await cases.find(({ skip }) => !skip)!.run();
        return cases.length;
      },
      roleMatrix: () => testing.roleMatrix(),
      sampleData: () => Object.keys(testing.sampleData),
      shortestHistories: async () => Object.keys(testing.shortestHistories(await explored)),
      simulate: () => [...testing.simulate({ visits: 2, seed: 3 })].length,
      stateDiagram: async () => testing.stateDiagram(await explored),
      storeCapabilities: () => testing.storeCapabilities,
      storeConformance: async () => {
        const suite = testing.storeConformance({ open: () => ({ store: memoryStore() }), capabilities: ['feed'] });
        await suite.cases.find(({ skip }) => !skip)!.run();
        return suite.cases.length;
      },
      syncServerConformance: async () => {
        const person = { actor: luis, device: 'phone-7', headers: {} };
        const { cases } = testing.syncServerConformance({
          url: 'https://host.test',
          fetch: async () => new Response('{}', { status: 403, headers: { 'content-type': 'application/json' } }),
          provider: person,
          other: person,
          assign: () => undefined,
        });
        return [cases.length, await cases[0]?.run().catch(shown)];
      },
      storeTask: async () => {
        const task = JSON.stringify({ kind: 'race', writer: 'w-1', of: 1, rounds: 1 });
        return (await all(testing.storeTask(memoryStore(), task))).length;
      },
      visitAt: () => testing.visitAt('working').events.length,
      walks: () => holds(testing.walks(10), ({ events }) => events.length >= 0),
    },
  };
}

/** The names of the invariants are many: each is asked whether it holds of a lawful log. */
function invariantCalls(of: Entries['auxilio/invariants'], events: readonly VisitEvent[], state: VisitState) {
  const holding = of.invariants.map((one) => [
    Object.entries(of).find(([, value]) => value === one)?.[0],
    () => [one.holds(state, events, {}), one.clause, one.sentence],
  ]);
  return {
    ...Object.fromEntries(holding),
    acts: () => of.acts.WorkStarted.instant?.(state),
    invariants: () => of.invariants.length,
    mayFollowEnd: () => [of.mayFollowEnd('Paused'), of.mayFollowEnd('CompletionReported')],
  } as Calls<Entries['auxilio/invariants']>;
}
