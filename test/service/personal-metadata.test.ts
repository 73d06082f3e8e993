import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/chain.ts';
import { audit, type VisitCommand, type VisitEvent } from '../../src/index.ts';
import { memoryStore } from '../../src/memory.ts';
import { type KeptMetadata, keptFields } from '../../src/messages/kept-metadata.ts';
import {
  type Codec,
  catchUp,
  createService,
  type PersonalMetadata,
  projector,
  readProjection,
  type VisitProjection,
} from '../../src/service.ts';
import type { StoredEvent } from '../../src/stores/event-store.ts';
import { command, minute } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { provider, visitId } from '../scenarios/commands.ts';
import { assign, sent, serviceOn } from './fixture.ts';

const despite = { by: 'op-7 Marta Solano', reason: 'por teléfono, doña Ana no encuentra la cédula' };
const ofPhone: Required<KeptMetadata> = {
  despite,
  device: 'teléfono de Luis',
  enteredAt: minute(12),
  signature: 'e30..AA',
};

/** A command of a phone, with what it keeps of itself. */
const onPhone = (id: string, asked: VisitCommand): VisitCommand => {
  const { metadata, ...message } = sent(id, asked);
  return { ...message, metadata: { ...metadata, ...ofPhone } } as VisitCommand;
};

const decline = (id: string, detail: string) =>
  onPhone(id, command('DeclineOffContractRequest', { at: minute(40), activity: 'other', detail }));
const batch = (...commands: readonly VisitCommand[]) => ({ visitId, basedOn: 1, commands });

const FORGOTTEN = 'borrado';

/** A key for each visit; without it, what it encrypted is gone. */
function vault() {
  const keys = new Map<string, Buffer>();
  const keyOf = (id: string) => keys.get(id) ?? keys.set(id, randomBytes(32)).get(id) ?? expect.unreachable();
  const encrypt = (value: unknown, id: string): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(id), nonce);
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  };
  const decrypt = (text: string, id: string): unknown => {
    const key = keys.get(id);
    if (key === undefined) return undefined;
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8'));
  };
  const forgotten = (act: Record<string, unknown>): object => ({
    ...Object.fromEntries(Object.entries(act).filter(([name]) => !keptFields.includes(name as never))),
    ...('detail' in act && { detail: FORGOTTEN }),
    ...('acts' in act && { acts: (act.acts as Record<string, never>[]).map(actForgotten) }),
  });
  const actForgotten = (act: Record<string, never>) => ({ ...forgotten(act), data: forgotten(act.data ?? {}) });
  const plain: Codec = {
    // The part that can be read without the key is stored next to it.
    encode: ({ data }) => ({ visitId: data.visitId, left: forgotten(data), box: encrypt(data, data.visitId) }),
    decode: ({ data }) => {
      const { visitId: id, left, box } = data as { visitId: string; left: object; box: string };
      return (decrypt(box, id) as object | undefined) ?? left;
    },
    isErased: ({ data }) => !keys.has((data as { visitId: string }).visitId),
  };
  const codec: Codec = {
    ...plain,
    encodeMetadata: (personal, { data }) => encrypt(personal, data.visitId),
    decodeMetadata: (encoded, { data }) =>
      (decrypt(encoded as string, (data as { visitId: string }).visitId) as PersonalMetadata | undefined) ?? {},
  };
  return { codec, plain, erase: (id: string) => keys.delete(id) };
}

const texts = async (store: ReturnType<typeof memoryStore>) =>
  (await store.readStored(`visit-${visitId}`)).map(({ text }: StoredEvent) => text);
const chainOf = async (store: ReturnType<typeof memoryStore>) =>
  verifyChain((await texts(store)).map((text) => JSON.parse(text)));

/** A visit in which an act was accepted, one was refused and reported, and a fact was brought. */
async function recorded() {
  const store = memoryStore();
  const { codec, plain, erase } = vault();
  const service = serviceOn(store, { codec, factRecorders: ['provider'] });
  await service.handle(assign);
  const answer = await service.sync(batch(decline('p-1', 'cortar el zacate')), provider);
  await service.handle(
    sent('o-1', command('GiveInstruction', { about: 'visit', decision: 'reassign', text: 'Cambia' })),
  );
  const other = { provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(99) };
  await service.handle(sent('o-2', command('ReassignProvider', other)));
  await service.sync(batch(decline('p-2', 'pintar la reja')), provider);
  const fact = {
    type: 'OffContractRequestDeclined',
    data: { visitId, at: minute(41), activity: 'other', detail: 'lavar el carro', by: provider },
    metadata: { eventId: 'phone-fact', ...ofPhone },
  } as VisitEvent;
  await service.record(fact, provider);
  return { store, codec, plain, erase, service, answer, fact };
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];
const personal = textsIn(ofPhone);

describe('a fact whose data are erased', () => {
  it('is answered by its id when it is brought again', async () => {
    const { service, fact, erase } = await recorded();
    erase(visitId);
    expect(await service.record(fact, provider)).toMatchObject({
      repeated: true,
      recognisedBy: 'id',
      event: { type: 'OffContractRequestDeclined', metadata: { commandId: 'phone-fact' } },
    });
  });
});

describe('what is personal in the metadata, with a codec that encodes it', () => {
  it.each(keptFields)('is named in the page on sealing a log: %s', (field) => {
    const page = readFileSync('docs/how-to/seal-a-log.md', 'utf8');
    expect(/^Personal metadata are .*$/m.exec(page)?.[0]).toContain(`\`${field}\``);
    expect(/^.*are fields of the event's data.*$/m.exec(page)?.[0]).toContain(`\`${field}\``);
  });

  it('is stored in no row in clear, and ids, times and hashes are', async () => {
    const { store } = await recorded();
    for (const text of await texts(store)) for (const word of personal) expect(text).not.toContain(word);
    const [, first] = (await texts(store)).map((text) => JSON.parse(text).metadata);
    expect(Object.keys(first).sort()).toEqual(
      ['commandId', 'eventId', 'hash', 'personal', 'previousHash', 'recordedAt', 'schemaVersion'].sort(),
    );
    expect(first.commandId).toBe('p-1');
  });

  it('is answered by every call as it came in', async () => {
    const { service, answer, fact } = await recorded();
    const { events } = await service.load(visitId);
    expect(answer.events.at(-1)?.metadata).toMatchObject(ofPhone);
    expect(answer.events.at(-1)).toEqual(events[1]);
    expect(events[1]?.metadata).toMatchObject({ ...ofPhone, commandId: 'p-1' });
    expect(events.at(-1)?.metadata).toMatchObject({ source: fact.metadata, recorder: provider });
    for (const event of events) expect(event.metadata).not.toHaveProperty('personal');
    expect(events.every((event) => parseEvent(event).ok)).toBe(true);
  });

  it('reaches the handlers of a subscription, and a projection', async () => {
    const { store, codec } = await recorded();
    const seen: unknown[] = [];
    await catchUp({
      store,
      codec,
      consumer: 'one',
      attempts: 1,
      handle: ({ events }) => void seen.push(...events.map(({ metadata }) => (metadata as PersonalMetadata).device)),
    });
    expect(seen).toContain(ofPhone.device);
    const devices: VisitProjection<{ devices: readonly unknown[] }> = {
      name: 'devices',
      row: ({ events }) => ({ devices: events.flatMap(({ metadata }) => metadata?.device ?? []) }),
    };
    await catchUp({ ...projector(store, devices, { codec }), attempts: 1 });
    const rows = await readProjection(store, devices);
    expect(JSON.stringify(rows)).toContain(ofPhone.device);
  });

  it('is left as it is by a codec without these functions', async () => {
    const { plain } = vault();
    const store = memoryStore();
    const { handle, load } = serviceOn(store, { codec: plain });
    await handle(assign);
    await handle(decline('p-1', 'x'));
    expect(JSON.parse((await texts(store))[1] ?? '').metadata).toMatchObject(ofPhone);
    expect((await load(visitId)).events[1]?.metadata).toMatchObject(ofPhone);
  });

  it('is read in rows that were stored before, in clear or without any', async () => {
    const { codec, plain } = vault();
    const store = memoryStore();
    const before = serviceOn(store, { codec: plain });
    await before.handle(assign);
    await before.handle(decline('p-1', 'x'));
    const since = serviceOn(store, { codec });
    await since.handle(decline('p-2', 'y'));
    const { events } = await since.load(visitId);
    expect(events.map(({ metadata }) => metadata?.device)).toEqual([undefined, ofPhone.device, ofPhone.device]);
    expect((await texts(store)).map((text) => text.includes(ofPhone.device))).toEqual([false, true, false]);
    expect((await chainOf(store)).intact).toBe(true);
    expect(await since.handle(decline('p-1', 'x'))).toMatchObject({ repeated: true, recognisedBy: 'content' });
  });

  it('changes no other metadata, whatever the codec answers', async () => {
    const { codec } = vault();
    const store = memoryStore();
    const eventId = 'e-forged';
    const forging = { ...codec, decodeMetadata: () => ({ eventId, hash: 'x', commandId: 'x', device: 'y' }) as never };
    const { handle, load } = serviceOn(store, { codec: forging });
    await handle(assign);
    await handle(decline('p-1', 'x'));
    const [, { metadata }] = (await load(visitId)).events as [unknown, VisitEvent];
    expect(metadata).toMatchObject({ commandId: 'p-1', device: 'y' });
    expect(metadata?.eventId).not.toBe(eventId);
    expect(metadata?.hash).toHaveLength(64);
  });

  it('makes the visit unreadable where it cannot be decoded', async () => {
    const { codec } = vault();
    const store = memoryStore();
    await serviceOn(store, { codec }).handle(decline('p-0', 'x'));
    const { handle } = serviceOn(store, { codec });
    await handle(assign);
    await handle(decline('p-1', 'x'));
    const failing = {
      ...codec,
      decodeMetadata: () => {
        throw new Error('no key store');
      },
    };
    await expect(serviceOn(store, { codec: failing }).load(visitId)).rejects.toMatchObject({
      code: 'unreadable-stream',
      reason: 'undecodable',
    });
  });
});

describe('an erased subject', () => {
  it('leaves nothing personal that can be read, and a log that verifies, folds and audits', async () => {
    const { store, service, erase } = await recorded();
    const before = await service.load(visitId);
    const chain = await chainOf(store);
    expect(chain.intact).toBe(true);
    erase(visitId);
    const { events, state } = await service.load(visitId);
    const text = JSON.stringify(events);
    for (const word of [...personal, 'zacate', 'reja', 'carro']) expect(text).not.toContain(word);
    expect(events.map(({ metadata }) => metadata?.commandId)).toEqual(
      before.events.map(({ metadata }) => metadata?.commandId),
    );
    expect(state).toEqual(before.state);
    expect(await chainOf(store)).toEqual(chain);
    expect(events.every((event) => parseEvent(event).ok)).toBe(true);
    expect(audit(events, { chain }).clean).toBe(audit(before.events, { chain }).clean);
  });

  it('is what a batch that is sent again is recognised for, by its ids', async () => {
    const { store, service, erase } = await recorded();
    erase(visitId);
    const stored = await texts(store);
    const again = await service.sync(
      batch(decline('p-1', 'cortar el zacate'), decline('p-2', 'pintar la reja')),
      provider,
    );
    expect(again.outcomes).toMatchObject([
      { outcome: 'repeated', first: { outcome: 'accepted' }, recognisedBy: 'id' },
      { outcome: 'repeated', first: { outcome: 'refused' }, recognisedBy: 'id' },
    ]);
    expect(await texts(store)).toEqual(stored);
    for (const word of personal) expect(JSON.stringify(again.events)).not.toContain(word);
  });

  it('is recorded without the personal parts by a codec that has no key any more', async () => {
    const { store, service, codec, erase } = await recorded();
    erase(visitId);
    const gone: Codec = {
      ...codec,
      encode: ({ data: { visitId: id, at, by, ...data } }) => ({
        visitId: id,
        left: { visitId: id, at, by, ...data, ...('detail' in data && { detail: FORGOTTEN }) },
        box: '',
      }),
      encodeMetadata: () => null,
      decodeMetadata: () => ({}),
    };
    const erased = serviceOn(store, { codec: gone });
    const report = sent('o-9', command('ReportConductBreach', { kind: 'other', detail: 'palabras' }));
    await erased.handle({ ...report, metadata: { ...report.metadata, ...ofPhone } } as VisitCommand);
    const [last = ''] = (await texts(store)).slice(-1);
    for (const word of [...personal, 'palabras']) expect(last).not.toContain(word);
    expect(JSON.parse(last).metadata).toMatchObject({ commandId: 'o-9', personal: null });
    expect((await chainOf(store)).intact).toBe(true);
    expect((await service.load(visitId)).version).toBe(7n);
  });
});

describe('a codec that encodes metadata', () => {
  const { codec } = vault();
  const { encodeMetadata, decodeMetadata, ...plain } = codec;

  it.each([
    ['decodes none', { ...plain, encodeMetadata }],
    ['encodes none', { ...plain, decodeMetadata }],
    ['has no functions', { ...plain, encodeMetadata: 'x', decodeMetadata: 'x' }],
  ])('is refused if it %s', async (_, half) => {
    const options = { store: memoryStore(), codec: half as unknown as Codec };
    expect(() => createService(options)).toThrow(TypeError);
    const handle = () => undefined;
    await expect(() => catchUp({ ...options, consumer: 'one', handle })).rejects.toThrow(TypeError);
  });

  it('may be an object of a class', async () => {
    class Kept {
      readonly inner = codec;
      encode = (event: VisitEvent) => this.inner.encode(event);
      decode = codec.decode;
      encodeMetadata(...given: Parameters<NonNullable<Codec['encodeMetadata']>>) {
        return this.inner.encodeMetadata?.(...given);
      }
      async decodeMetadata(...given: Parameters<NonNullable<Codec['decodeMetadata']>>) {
        return (await this.inner.decodeMetadata?.(...given)) ?? {};
      }
    }
    const { handle, load } = serviceOn(memoryStore(), { codec: new Kept() });
    await handle(assign);
    await handle(decline('p-1', 'x'));
    expect((await load(visitId)).events[1]?.metadata?.device).toBe(ofPhone.device);
  });
});
