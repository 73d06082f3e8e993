import fc from 'fast-check';
import { expect } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { assignmentsProjector, catchUp, createService, providerView, readAssignments } from '../../src/service.ts';
import { CheckpointConflictError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute } from '../../src/testing.ts';

const providers = ['p-1', 'p-2', 'p-3'] as const;
const visits = ['v-1', 'v-2', 'v-3', 'v-4'] as const;

/** A step: visits go on, phones read, consumers catch up, the store fails. */
type Step = Readonly<
  | { kind: 'touch' | 'hand-in'; visit: number; provider: number }
  | { kind: 'reassign'; visit: number; provider: number }
  | { kind: 'read'; provider: number; maxCount: number }
  | { kind: 'catch-up'; batchSize: number; consumers: number; failing: boolean }
>;

const place = fc.nat(visits.length - 1);
const person = fc.nat(providers.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('touch', 'reassign', 'hand-in'), visit: place, provider: person }),
  fc.record({ kind: fc.constant('read' as const), provider: person, maxCount: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('catch-up' as const),
    batchSize: fc.integer({ min: 1, max: 5 }),
    consumers: fc.integer({ min: 1, max: 3 }),
    failing: fc.boolean(),
  }),
);

/** A phone: what it was told of each visit, and where it goes on. */
type Phone = { cursor: string; readonly known: Map<string, number> };

function world(store: EventStore<never>) {
  const service = createService({ store });
  const phones = providers.map((): Phone => ({ cursor: '', known: new Map() }));
  let ids = 0;
  const under = (one: VisitCommand) =>
    ({ ...one, metadata: { ...one.metadata, commandId: `c-${++ids}` } }) as VisitCommand;
  const actor = (id: string) => ({ role: 'provider', id }) as const;

  const assign = (visitId: string, id: string) =>
    service.handle(
      under(
        command('AssignVisit', {
          visitId,
          caseNumber: 'EXP-1',
          client: { name: 'Ana Rojas' },
          provider: { id, name: 'Luis Mora' },
          service: 'fontanería',
          place: 'Barva',
          arriveBy: minute(60),
        }),
      ),
    );

  /** A step of the contact center or of a provider; what the rules refuse changes nothing. */
  async function record({ kind, visit, provider }: Extract<Step, { visit: number }>): Promise<void> {
    const [visitId = '', id = ''] = [visits[visit], providers[provider]];
    if (kind === 'touch') {
      await service.handle(under(command('NotifyClient', { visitId, about: ['delay'], reached: true })));
    } else if (kind === 'reassign') {
      await service.handle(
        under(command('GiveInstruction', { visitId, about: 'visit', decision: 'reassign', text: 'x' })),
      );
      const to = { provider: { id, name: 'Otra' }, arriveBy: minute(90) };
      await service.handle(under(command('ReassignProvider', { visitId, ...to })));
    } else {
      const arrival = under(command('RecordArrival', { visitId }, actor(id)));
      await service.sync({ visitId, basedOn: 1, commands: [arrival] }, actor(id)).catch(() => undefined);
    }
  }

  async function read(provider: number, maxCount: number): Promise<boolean> {
    const phone = phones[provider] as Phone;
    const page = await readAssignments(store, providers[provider] ?? '', { after: phone.cursor, maxCount });
    for (const { visitId, version } of page.visits) phone.known.set(visitId, version);
    phone.cursor = page.cursor;
    return page.more;
  }

  /** Several consumers at once; in a failing store each commit conflicts once with nothing written. */
  async function catchUpBy({ batchSize, consumers, failing }: Extract<Step, { kind: 'catch-up' }>): Promise<void> {
    let failures = failing ? 2 : 0;
    const commitCheckpoint: typeof store.commitCheckpoint = async (consumer, move) => {
      if (failures > 0) {
        failures -= 1;
        throw new CheckpointConflictError(consumer, move.expected, move.expected);
      }
      return store.commitCheckpoint(consumer, move);
    };
    const run = () => catchUp({ ...assignmentsProjector({ ...store, commitCheckpoint }), batchSize });
    await Promise.all(Array.from({ length: consumers }, run));
  }

  return { service, phones, assign, record, read, catchUpBy };
}

/** Runs steps on a store; at rest each phone knows of each of its visits. Answers the number of events that former providers saw. */
async function allIsKnown(store: EventStore<never>, steps: readonly Step[]): Promise<number> {
  const { service, phones, assign, record, read, catchUpBy } = world(store);
  for (const [n, visitId] of visits.entries()) await assign(visitId, providers[n % providers.length] ?? '');
  for (const each of steps) {
    if (each.kind === 'read') await read(each.provider, each.maxCount);
    else if (each.kind === 'catch-up') await catchUpBy(each);
    else await record(each);
  }
  await catchUpBy({ kind: 'catch-up', batchSize: 3, consumers: 1, failing: false });
  let handedIn = 0;
  for (const [n, id] of providers.entries()) {
    while (await read(n, 2));
    const expected = new Map<string, number>();
    for (const visitId of visits) {
      const view = providerView((await service.load(visitId)).events, id);
      if (view === null) continue;
      handedIn += view.own?.length ?? 0;
      expected.set(visitId, view.events.length + (view.own?.length ?? 0));
    }
    expect(Object.fromEntries(phones[n]?.known ?? [])).toEqual(Object.fromEntries(expected));
  }
  return handedIn;
}

/** Runs as many generated lists of steps, each on a store of its own. Answers the number of events that former providers saw. */
export async function knowsAll(open: () => EventStore<never>, numRuns: number): Promise<number> {
  let handedIn = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    handedIn += await allIsKnown(open(), steps);
  });
  // One of them for certain: a visit is another provider's by now, and the former one hands an act in.
  const late: Step[] = [
    { kind: 'reassign', visit: 0, provider: 1 },
    { kind: 'hand-in', visit: 0, provider: 0 },
  ];
  await fc.assert(property, { numRuns, examples: [[late]] });
  return handedIn;
}
