import type { VisitCommand, VisitEvent } from 'auxilio';
import { actors, command, minute, plainVisit } from 'auxilio/testing';
import { LIMITS, parseEvent } from 'auxilio/wire';
import { describe, expect, it } from 'vitest';
import { openEnvelope, sealEnvelope } from '../../src/privacy/envelope.ts';
import { privateService } from './fixture.ts';
import { withIds } from './racing.ts';

const secret = new Uint8Array(32).fill(7);
const place = { streamName: 'visit-1', eventId: 'e-1', subjects: 'client' };
const changeAt = (envelope: string, at: number, mask = 1) => {
  const bytes = Buffer.from(envelope, 'base64');
  bytes[at] = bytes[at]! ^ mask;
  return bytes.toString('base64');
};

describe('an envelope', () => {
  it('opens at its place alone, with its key', async () => {
    const envelope = await sealEnvelope(secret, place, { t: ['Ana Rojas'] });
    expect(await openEnvelope(secret, place, envelope)).toEqual({ ok: true, value: { t: ['Ana Rojas'] } });
    for (const other of [{ streamName: 'visit-2' }, { eventId: 'e-2' }, { subjects: 'representative' }]) {
      const opened = await openEnvelope(secret, { ...place, ...other }, envelope);
      expect(opened).toEqual({ ok: false, fault: 'other-key-or-place' });
    }
    // Two texts for one ciphertext need two keys, and the commitment is to one.
    const opened = await openEnvelope(new Uint8Array(32).fill(8), place, envelope);
    expect(opened).toEqual({ ok: false, fault: 'other-key-or-place' });
  });

  it('is refused with its fault where it was changed, cut or written by another version', async () => {
    const envelope = await sealEnvelope(secret, place, { t: ['Ana Rojas'] });
    const { length } = Buffer.from(envelope, 'base64');
    const faultOf = async (text: string) => {
      const opened = await openEnvelope(secret, place, text);
      return opened.ok ? 'none' : opened.fault;
    };
    expect(await faultOf(changeAt(envelope, 0, 3))).toBe('unknown-version');
    for (let at = 1; at < length; at += 1) {
      expect(await faultOf(changeAt(envelope, at)), String(at)).toBe(at < 57 ? 'other-key-or-place' : 'changed');
    }
    for (const text of [
      '',
      'x',
      `${envelope}=`,
      ` ${envelope}`,
      envelope.slice(0, 100),
      envelope.replace(/=*$/, '===='),
    ]) {
      expect(await faultOf(text), text).toBe('malformed');
    }
    const bytes = Buffer.from(envelope, 'base64');
    expect(await faultOf(Buffer.concat([bytes, Buffer.alloc(3)]).toString('base64'))).toBe('changed');
  });

  it('tells the length of its texts by 64 bytes alone', async () => {
    const lengths = new Set<number>();
    for (let length = 0; length < 57; length += 1) {
      lengths.add((await sealEnvelope(secret, place, { t: ['a'.repeat(length)] })).length);
    }
    expect(lengths.size).toBe(2);
  });

  it('of a stored event does not open in another one', async () => {
    const { service, privacy } = await privateService();
    for (const act of withIds(plainVisit())) await service.handle(act);
    const { events } = await service.load('visit-1');
    const [first, second] = events.filter(({ metadata }) => metadata?.sealed !== undefined) as [VisitEvent, VisitEvent];
    const moved = { ...second, metadata: { ...second.metadata, sealed: first.metadata?.sealed } } as VisitEvent;
    const { unopened } = await privacy.open([moved]);
    expect(unopened.length).toBeGreaterThan(0);
    for (const { fault } of unopened) expect(fault).toBe('other-key-or-place');
  });
});

describe('messages at the limits of size', () => {
  it('are stored and parsed with their envelopes', async () => {
    const { service, privacy } = await privateService();
    const acts = withIds(plainVisit());
    const at = acts.findIndex(({ type }) => type === 'ExplainWork');
    for (const act of acts.slice(0, at)) await service.handle(act);
    const texts = (nth: number, length: number) => String(nth).padEnd(length, 'x');
    const materials = Array.from({ length: LIMITS.items }, (_, nth) => ({
      item: texts(nth, 140),
      quantity: 1,
      unit: texts(nth, 140),
      kind: texts(nth, 140),
      quality: texts(nth, 140),
    }));
    const long = {
      ...acts[at]!,
      data: { ...acts[at]!.data, method: 'm'.repeat(LIMITS.text), materials },
    } as VisitCommand;
    expect(JSON.stringify(long).length).toBeGreaterThan(60_000);
    expect(await service.handle(long)).toMatchObject({ ok: true });
    const { events } = await service.load('visit-1');
    expect(events.filter((event) => !parseEvent(event).ok)).toEqual([]);
    expect(events.filter((event) => !parseEvent(JSON.stringify(event)).ok)).toEqual([]);
    expect((await privacy.open(events)).events.at(-1)?.data).toMatchObject({ materials });
  });

  it('of thousands of short texts are reported, parsed and opened', async () => {
    const { service, privacy } = await privateService();
    for (const act of withIds(plainVisit())) await service.handle(act);
    const short = (nth: number): VisitCommand =>
      ({
        ...command('ShowTools'),
        data: {
          visitId: 'visit-1',
          at: minute(1),
          tools: Array.from({ length: 100 }, (_, one) => `${((nth * 100 + one) % 1296).toString(36)}`),
        },
        metadata: { actor: actors.provider, commandId: `s-${nth}` },
      }) as VisitCommand;
    const commands: VisitCommand[] = [];
    for (let nth = 0; nth < 100; nth += 1) {
      const next = short(nth);
      if (JSON.stringify([...commands, next]).length >= LIMITS.batchBytes) break;
      commands.push(next);
    }
    const { outcomes } = await service.sync({ visitId: 'visit-1', basedOn: 1, commands }, actors.provider);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(30);
    const { events } = await service.load('visit-1');
    expect(events.filter((event) => !parseEvent(JSON.stringify(event)).ok).map(({ type }) => type)).toEqual([]);
    const report = (await privacy.open(events)).events.at(-1);
    expect(JSON.stringify(report)).toContain('"zz"');
  });
});
