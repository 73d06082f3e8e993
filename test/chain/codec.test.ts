import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exportHead, seal, verifyChain } from '../../src/chain.ts';
import { audit, dossier, replay, type VisitEvent } from '../../src/index.ts';
import { simulate } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { found } from './logs.ts';

type Keys = Map<string, Buffer>;

/** The placeholder of a text whose key was deleted. */
const FORGOTTEN = '(borrado)';

function encrypted(text: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `aes:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
}

function decrypted(text: string, key: Buffer | undefined): string {
  if (key === undefined) return FORGOTTEN;
  const bytes = Buffer.from(text.slice('aes:'.length), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
}

/** The event with the client's name turned into another text. */
function withName(event: VisitEvent, turned: (name: string) => string): VisitEvent {
  if (event.type !== 'VisitAssigned') return event;
  const { client } = event.data;
  return { ...event, data: { ...event.data, client: { ...client, name: turned(client.name) } } };
}

/** One key for each visit, kept apart from the log. */
function codec(keys: Keys) {
  const keyOf = (visitId: string): Buffer => {
    const key = keys.get(visitId) ?? randomBytes(32);
    keys.set(visitId, key);
    return key;
  };
  return {
    encode: (event: VisitEvent) => withName(event, (name) => encrypted(name, keyOf(event.data.visitId))),
    decode: (event: VisitEvent) => withName(event, (name) => decrypted(name, keys.get(event.data.visitId))),
  };
}

describe('a codec between the service and the store, the seal around what is stored', () => {
  const keys: Keys = new Map();
  const { encode, decode } = codec(keys);
  const visits = [...simulate({ visits: 6, seed: 11 })].map(({ events }) => {
    const stored = seal(events.map(encode));
    return { events, stored, head: exportHead(stored) };
  });

  it('stores no name, and gives it back while there is a key', () => {
    for (const { events, stored } of visits) {
      const name = events.find(({ type }) => type === 'VisitAssigned')?.data as { client: { name: string } };
      expect(JSON.stringify(stored)).not.toContain(name.client.name);
      expect(replay(stored.map(decode))).toEqual(replay(events));
    }
  });

  it('verifies after the keys are deleted, and folds and audits with the placeholder', () => {
    const erased = new Set(visits.slice(0, 3).map(({ events }) => events[0]?.data.visitId));
    for (const visitId of erased) keys.delete(visitId ?? '');
    for (const { events, stored, head } of visits) {
      const chain = verifyChain(stored, head);
      expect(chain).toEqual({ intact: true, head, sealedFrom: 0, faults: [] });
      const decoded = stored.map(decode);
      const isErased = erased.has(events[0]?.data.visitId);
      const state = replay(decoded);
      expect(state.client?.name).toBe(isErased ? FORGOTTEN : replay(events).client?.name);
      expect({ ...state, client: null }).toEqual({ ...replay(events), client: null });
      const { clean, findings } = audit(decoded, { chain });
      expect({ clean, findings }).toEqual(plain(audit(events)));
      expect(dossier(decoded).payment).toEqual(dossier(events).payment);
      expect(decoded.every((event) => parseEvent(event).ok)).toBe(true);
    }
  });

  it('tells what was done to what is stored, and not to what is decoded', () => {
    const { stored, head } = visits[4] ?? expect.unreachable();
    const changed = stored.map((event) => withName(event, () => 'Otra Persona'));
    expect(found(verifyChain(changed, head))).toEqual(['0 changed']);
    expect(audit(stored.map(decode), { chain: verifyChain(changed, head) }).findings).toContainEqual({
      index: 0,
      kind: 'chain',
      facts: { fault: 'changed' },
    });
    expect(found(verifyChain(stored.map(decode)))).toEqual(['0 changed']);
  });
});

const plain = ({ clean, findings }: ReturnType<typeof audit>) => ({ clean, findings });
