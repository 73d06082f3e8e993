import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { Actor, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import type { SyncOutcome, VisitService } from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute, plainVisit } from '../../src/testing.ts';
import { client, operator, provider, visitId } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { sent, serviceOn } from './fixture.ts';

/**
 * Devices that record a visit apart, over a network that loses requests and answers and a store that fails before or after
 * it writes, while the contact center goes on. In the end each command is on record once, whatever was sent how often.
 */
const stores: [string, number, () => EventStore][] = [
  ['memory', 150, () => memoryStore()],
  ['sqlite', 15, () => opened({ file: temporaryFile() })],
];

/** A device: what it has seen of the log, and the commands whose outcomes it does not know. */
type Device = {
  readonly actor: Actor;
  readonly recorded: VisitCommand[];
  seen: number;
  pending: VisitCommand[];
  readonly outcomes: Map<string, SyncOutcome>;
};

const faults = ['none', 'none', 'request-lost', 'answer-lost', 'before-write', 'after-write', 'twice'] as const;
type Fault = (typeof faults)[number];

type Step =
  | Readonly<{ kind: 'act'; of: 0 | 1; skip: number }>
  | Readonly<{ kind: 'center'; other: boolean }>
  | Readonly<{ kind: 'send'; of: 0 | 1; count: number; old: number; fault: Fault }>;

const of = fc.constantFrom(0 as const, 0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('act' as const), of, skip: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('center' as const), other: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      of,
      count: fc.integer({ min: 1, max: 6 }),
      old: fc.nat(3),
      fault: fc.constantFrom(...faults),
    }),
  },
);

const plan = plainVisit().map((one, n) => sent(`c-${n}`, one));
const [assignVisit, ...rest] = plan as [VisitCommand, ...VisitCommand[]];

/** Acts of the contact center besides its part of the plain visit: the same facts, or others. */
const others = [
  { ...plan.find(({ type }) => type === 'RecordArrival'), metadata: { actor: operator } } as VisitCommand,
  command('GiveInstruction', { at: minute(40), about: 'visit', decision: 'reschedule', text: 'Otro día' }),
  command('GiveInstruction', { at: minute(41), about: 'visit', decision: 'proceed', text: 'Siga' }),
  command('GiveInstruction', { at: minute(42), about: 'visit', decision: 'reassign', text: 'Cambia' }),
  command('ReassignProvider', { at: minute(43), provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(99) }),
  command('ReportConductBreach', { at: minute(44), kind: 'smoking' }, operator),
];

class World {
  readonly center: VisitCommand[];
  readonly devices: readonly [Device, Device];
  private readonly services: readonly [VisitService, VisitService];
  private failing: Fault = 'none';
  private given = 0;

  constructor(store: EventStore) {
    const flaky: EventStore = {
      ...store,
      appendToStream: async (name, events, options) => {
        if (this.failing === 'before-write') throw new StoreError('io', 'lost before it was written');
        const answer = await store.appendToStream(name, events, options);
        if (this.failing === 'after-write') throw new StoreError('io', 'lost after it was written');
        return answer;
      },
    };
    this.services = [serviceOn(flaky), serviceOn(flaky)];
    const by = (role: Actor['role']) => rest.filter(({ metadata }) => metadata.actor.role === role);
    this.center = [...by('contact-center')];
    const device = (actor: Actor, recorded: VisitCommand[]): Device => ({
      actor,
      recorded,
      seen: 1,
      pending: [],
      outcomes: new Map(),
    });
    const breaches = [1, 2, 3].map((n) =>
      sent(`k-${n}`, command('ReportConductBreach', { at: minute(50 + n), kind: 'smoking' }, client)),
    );
    this.devices = [device(provider, [...by('provider')]), device(client, breaches)];
  }

  async begin() {
    expect(await this.services[0].handle(assignVisit)).toMatchObject({ ok: true });
  }

  async run(one: Step) {
    if (one.kind === 'center') await this.centerActs(one.other);
    else if (one.kind === 'act') this.act(this.devices[one.of], one.skip);
    else await this.send(this.devices[one.of], one);
  }

  private async centerActs(isOther: boolean) {
    this.given += 1;
    const other = others[(this.given - 1) % others.length];
    const next = isOther && other !== undefined ? sent(`o-${this.given}`, other) : this.center.shift();
    if (next !== undefined) await this.services[this.given % 2 === 0 ? 0 : 1].handle(next);
  }

  private act(device: Device, skip: number) {
    const [next] = device.recorded.splice(Math.min(skip, device.recorded.length - 1), 1);
    if (next !== undefined) device.pending.push(next);
  }

  /** Sends the first pending commands, after some that were sent before. */
  private async send(device: Device, { count, old, fault }: { count: number; old: number; fault: Fault }) {
    if (fault === 'request-lost') return;
    const known = plan.concat(device.pending).filter(({ metadata }) => device.outcomes.has(metadata.commandId ?? ''));
    const commands = [...known.slice(0, old), ...device.pending.slice(0, count)];
    const request = { visitId, basedOn: device.seen, commands };
    this.failing = fault;
    const answers = await Promise.allSettled(
      (fault === 'twice' ? this.services : this.services.slice(0, 1)).map((service) =>
        service.sync(request, device.actor),
      ),
    );
    this.failing = 'none';
    const [answer] = answers;
    if (answer?.status !== 'fulfilled' || fault === 'answer-lost') return;
    for (const [n, { metadata }] of commands.entries())
      device.outcomes.set(metadata.commandId ?? '', answer.value.outcomes[n] as SyncOutcome);
    device.pending = device.pending.filter(({ metadata }) => !device.outcomes.has(metadata.commandId ?? ''));
    expect(answer.value.events).toHaveLength(Number(answer.value.version) - device.seen);
    if (device.pending.length === 0) device.seen = Number(answer.value.version);
  }

  async end() {
    for (const device of this.devices)
      while (device.pending.length > 0) await this.send(device, { count: 90, old: 0, fault: 'none' });
    return this.services[0].load(visitId);
  }
}

/** The places where each command is on record. */
function onRecord(events: readonly VisitEvent[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const add = (id: string, outcome: string) => places.set(id, [...(places.get(id) ?? []), outcome]);
  for (const event of events) {
    if (event.metadata?.commandId !== undefined) add(event.metadata.commandId, 'accepted');
    if (event.type !== 'DiscrepancyReported') continue;
    for (const act of event.data.acts) add(act.commandId, act.twinOf === undefined ? 'refused' : 'twin');
  }
  return places;
}

describe.each(stores)('whatever is lost on the way, on the %s store', (_, numRuns, open) => {
  it('each command is on record once, as its sender was told, and the log is clean', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const world = new World(open());
        await world.begin();
        for (const one of steps) await world.run(one);
        const { events } = await world.end();
        const places = onRecord(events);
        for (const { outcomes } of world.devices) {
          for (const [id, outcome] of outcomes) {
            const said = outcome.outcome === 'repeated' ? outcome.first.outcome : outcome.outcome;
            expect([id, places.get(id)]).toEqual([id, [said]]);
            seen.add(said).add(outcome.outcome);
          }
        }
        const { findings } = audit(events);
        expect(findings.filter(({ kind }) => kind === 'violation' || kind === 'id-reused')).toEqual([]);
      }),
      { numRuns, seed: 17 },
    );
    if (numRuns > 100) expect([...seen].sort()).toEqual(['accepted', 'refused', 'repeated', 'twin']);
  });
});
