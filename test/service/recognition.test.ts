import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { Actor, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { Codec } from '../../src/service.ts';
import { canonicalJson } from '../../src/stores/canonical.ts';
import { command, simulate } from '../../src/testing.ts';
import { commandTypes, eventTypes } from '../../src/visit/index.ts';
import { assignment, client, operator, otherProvider, provider } from '../scenarios/commands.ts';
import { arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The hash that releases before 0.5 stored in an event. */
const commandHash = ({ type, data, metadata: { actor } }: VisitCommand) => sha256(canonicalJson({ type, data, actor }));

const folder = join('test', 'golden', 'v1');
const logs = readdirSync(folder).filter((name) => name.endsWith('.events.ndjson'));

const eventsIn = (name: string): VisitEvent[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The command that a phone had sent: without what `decide` added. */
function commandOf({ type, data, metadata }: VisitEvent): VisitCommand {
  const { by, recordedBy, passed, edition, ...own } = data as Record<string, unknown>;
  if (type === 'VisitClosed') delete own.outcome;
  const actor = (recordedBy ?? by) as Actor;
  const asked = commandTypes[eventTypes.indexOf(type)];
  return { type: asked, data: own, metadata: { actor, commandId: metadata?.commandId } } as unknown as VisitCommand;
}

describe('a log of release 0.4, with hashes of its commands', () => {
  it.each(logs)('%s: each command sent again is recognised', async (name) => {
    const events = eventsIn(name);
    expect(events.every(({ metadata }) => metadata?.commandHash !== undefined)).toBe(true);
    const store = memoryStore();
    const streamName = `visit-${events[0]?.data.visitId}`;
    await store.appendToStream(streamName, events);
    const { handleBatch } = serviceOn(store);
    for (const answer of await handleBatch(events.map(commandOf))) {
      expect(answer).toMatchObject({ ok: true, repeated: true, recognisedBy: 'content' });
    }
    expect(await store.readStored(streamName)).toHaveLength(events.length);
  });

  it('refuses other content under an id that is used there', async () => {
    const events = eventsIn(logs[0] as string);
    const store = memoryStore();
    await store.appendToStream(`visit-${events[0]?.data.visitId}`, events);
    const [first] = events.map(commandOf);
    const other = { ...first, data: { ...first?.data, caseNumber: 'EXP-0' } } as VisitCommand;
    await expect(serviceOn(store).handle(other)).rejects.toMatchObject({ code: 'command-id-reused' });
  });
});

describe('a codec that says what is erased', () => {
  it('is asked about the events under the id of a command that is sent again, and no others', async () => {
    const asked: string[] = [];
    const codec: Codec = {
      encode: ({ data }) => data,
      decode: ({ data }) => data,
      isErased: ({ type }) => {
        asked.push(type);
        return false;
      },
    };
    const { handle } = serviceOn(memoryStore(), { codec });
    for (const each of [assign, arrive, breach(1)]) await handle(each);
    expect(asked).toEqual([]);
    expect(await handle(arrive)).toMatchObject({ ok: true, repeated: true, recognisedBy: 'content' });
    expect(asked).toEqual(['ProviderArrived']);
  });
});

describe('a command that is sent again', () => {
  it('is recognised after each act, whoever recorded it', async () => {
    for (const { commands } of simulate({ visits: 30, seed: 5 })) {
      const numbered = commands.map((each, n) => sent(`c-${n}`, each));
      const store = memoryStore();
      const answers = await serviceOn(store).handleBatch(numbered);
      const again = await serviceOn(store).handleBatch(numbered);
      for (const [index, answer] of again.entries()) {
        const first = answers[index];
        expect(answer).toEqual(first?.ok ? { ...first, repeated: true, recognisedBy: 'content' } : first);
      }
    }
  });

  it('is another command where it names another edition, and the same where it names the one that was pinned', async () => {
    const edition = 'a'.repeat(64);
    const named = (sha: string) => sent('c-assign', command('AssignVisit', { ...assignment, edition: sha }));
    const { handle } = serviceOn();
    await handle(named(edition));
    expect(await handle(named(edition))).toMatchObject({ ok: true, repeated: true });
    await expect(handle(named('b'.repeat(64)))).rejects.toMatchObject({ code: 'command-id-reused' });
  });

  it('is another command where a field that `decide` does not derive was added or left out', async () => {
    const { handle } = serviceOn();
    await handle(assign);
    await handle(breach(1));
    const without = sent('c-breach-1', command('ReportConductBreach', { kind: 'smoking' }));
    await expect(handle(without)).rejects.toMatchObject({ code: 'command-id-reused' });
    await handle(sent('c-2', command('ReportConductBreach', { kind: 'smoking' })));
    await expect(handle(sent('c-2', breach(1)))).rejects.toMatchObject({ code: 'command-id-reused' });
  });

  it('twice in a batch is one, and with other content an error there, too', async () => {
    const { handleBatch, load } = serviceOn();
    const [, first, again, other] = await handleBatch([assign, breach(1), breach(1), sent('c-breach-1', breach(2))]);
    expect(first).toMatchObject({ ok: true, repeated: false });
    expect(again).toMatchObject({ ok: true, repeated: true, recognisedBy: 'content' });
    expect(other).toMatchObject({ ok: false, error: { code: 'command-id-reused' } });
    expect((await load('visit-1')).version).toBe(2n);
  });
});

describe('a fact that is brought again', () => {
  const arrived = (by: Actor, more = {}): VisitEvent =>
    ({ type: 'ProviderArrived', data: { ...arrive.data, by, ...more }, metadata: { commandId: 'c-arrive' } }) as never;
  const recording = () => serviceOn(memoryStore(), { factRecorders: ['provider', 'contact-center'] });

  it('is recognised in the command that became it, and a command in the fact', async () => {
    const { handle, record, load } = recording();
    await handle(assign);
    await handle(arrive);
    expect(await record(arrived(provider), provider)).toMatchObject({ repeated: true, recognisedBy: 'content' });

    const other = recording();
    await other.record(arrived(provider), provider);
    expect(await other.handle(arrive)).toMatchObject({ ok: true, repeated: true });
    expect([(await load('visit-1')).version, (await other.load('visit-1')).version]).toEqual([2n, 1n]);
  });

  it('is another one by another recorder, of another author or with other data', async () => {
    const { record } = recording();
    await record(arrived(provider), provider);
    const reused = { code: 'command-id-reused' };
    await expect(record(arrived(provider), operator)).rejects.toMatchObject(reused);
    await expect(record(arrived(otherProvider), provider)).rejects.toMatchObject(reused);
    const position = { latitude: 1, longitude: 1 };
    await expect(record(arrived(provider, { position }), provider)).rejects.toMatchObject(reused);
  });

  it('is recognised among several events of one command, as a settlement leaves them', async () => {
    const store = memoryStore();
    const { handle, record } = serviceOn(store, { factRecorders: ['provider'] });
    await handle(assign);
    const metadata = { commandId: 'c-settle', schemaVersion: 1 };
    const facts = [arrived(provider), { ...arrived(provider), type: 'CredentialShown' }];
    await store.appendToStream(
      'visit-visit-1',
      facts.map((fact, n) => ({ ...fact, metadata: { ...metadata, eventId: `e-${n}` } })),
    );
    for (const fact of facts) {
      const given = { ...fact, metadata: { commandId: 'c-settle' } } as VisitEvent;
      const answer = await record(given, provider);
      expect(answer).toMatchObject({ repeated: true, event: { type: fact.type } });
    }
    const other = { ...arrived(provider), type: 'WorkStarted', metadata: { commandId: 'c-settle' } } as VisitEvent;
    await expect(record(other, provider)).rejects.toMatchObject({ code: 'command-id-reused' });
  });
});

/** Stores the data under a key a visit; without it, texts are placeholders. What is stored depends on no text. */
function vault() {
  const kept = new Map<string, object>();
  const codec: Codec = {
    encode: ({ type, data, metadata }) => {
      kept.set(String(metadata?.eventId), data);
      return { visitId: data.visitId, at: data.at, type };
    },
    decode: ({ type, data, metadata }) => {
      const { eventId } = metadata as { eventId: string };
      const name = '(borrado)';
      const erased = { ...assignment, client: { name }, provider: { ...assignment.provider, name }, by: operator };
      return kept.get(eventId) ?? { ...data, ...(type === 'VisitAssigned' ? erased : { kind: 'other', by: operator }) };
    },
    isErased: ({ metadata }) => !kept.has((metadata as { eventId: string }).eventId),
  };
  return { codec, erase: () => kept.clear() };
}

describe('a fact that a service of release 0.4 had stored', () => {
  it('is put on record without the hash of its command', async () => {
    const store = memoryStore();
    const { record } = serviceOn(store, { factRecorders: ['contact-center'] });
    const [first] = eventsIn(logs[0] as string);
    const { event } = await record(first as VisitEvent, operator);
    const { commandHash: _, ...source } = first?.metadata ?? {};
    expect(event.metadata?.source).toEqual(source);
    const [stored] = await store.readStored(`visit-${first?.data.visitId}`);
    expect(stored?.text).not.toContain(first?.metadata?.commandHash);
    expect(await record(first as VisitEvent, operator)).toMatchObject({ repeated: true });
  });
});

describe('where a codec encrypts', () => {
  it('nothing that is stored was derived from a text: another name leaves the same bytes', async () => {
    const storedWith = async (name: string) => {
      const store = memoryStore();
      const { handle, record } = serviceOn(store, { codec: vault().codec, factRecorders: ['provider'] });
      const commandId = 'c-assign';
      const named = command('AssignVisit', { ...assignment, client: { name } });
      await handle(sent(commandId, named));
      const detail = `Se lo contó ${name}`;
      await handle(sent('c-2', command('ReportConductBreach', { kind: 'other', detail })));
      const data = { visitId: 'visit-1', at: assign.data.at, what: detail, by: client } as never;
      await record({ type: 'ClientObjected', data, metadata: { eventId: 'e-3' } }, provider);
      return { text: (await store.readStored('visit-visit-1')).map(({ text }) => text).join('\n'), named };
    };
    const { text } = await storedWith('Ana Rojas');
    for (const guess of ['Ana Rojas', 'Ana Mora', 'Eva Rojas']) {
      const { text: guessed, named } = await storedWith(guess);
      expect(guessed).toBe(text);
      const hashes = [commandHash(named), sha256(guess)];
      for (const hash of hashes) expect(text).not.toContain(hash);
    }
  });

  it('a repeat is recognised by its content while there is a key, and by its id once it is gone', async () => {
    const { codec, erase } = vault();
    const { handle, handleBatch, load } = serviceOn(memoryStore(), { codec });
    await handle(assign);
    await handle(breach(1));
    expect(await handle(breach(1))).toMatchObject({ repeated: true, recognisedBy: 'content' });
    await expect(handle(sent('c-breach-1', breach(2)))).rejects.toMatchObject({ code: 'command-id-reused' });
    erase();
    const byId = { ok: true, repeated: true, recognisedBy: 'id', version: 2n };
    expect(await handle(breach(1))).toMatchObject(byId);
    expect(await handleBatch([assign, sent('c-breach-1', breach(2))])).toMatchObject([
      { ok: true, repeated: true, recognisedBy: 'id', version: 1n },
      byId,
    ]);
    await expect(handle(sent('c-breach-1', arrive))).rejects.toMatchObject({ code: 'command-id-reused' });
    expect((await load('visit-1')).version).toBe(2n);
  });

  it('a fact is recognised by its id, too', async () => {
    const { codec, erase } = vault();
    const { record } = serviceOn(memoryStore(), { codec, factRecorders: ['contact-center'] });
    const fact = { type: 'ConductBreachReported', data: { ...breach(1).data, by: operator } } as never as VisitEvent;
    const brought = { ...fact, metadata: { eventId: 'e-1' } };
    await record(brought, operator);
    erase();
    expect(await record(brought, operator)).toMatchObject({ repeated: true, recognisedBy: 'id' });
  });

  it('one that does not say what was erased takes it for another command', async () => {
    const { codec, erase } = vault();
    const { encode, decode } = codec;
    const { handle } = serviceOn(memoryStore(), { codec: { encode, decode } });
    await handle(assign);
    erase();
    await expect(handle(assign)).rejects.toMatchObject({ code: 'command-id-reused' });
  });
});
