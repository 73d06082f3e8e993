import { mustBe } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import { isInstant } from '../util/instant.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { changeRows, listRows, type RowStore } from './fenced-rows.ts';
import type { Keyring } from './keyring.ts';
import { personToken, readIndexKey } from './persons.ts';

/** The answer to a request; the reason is null where its key is lost. @since 0.11.0 */
export type RequestAnswer = Readonly<
  { at: Instant; by: Actor } & ({ outcome: 'answered' } | { outcome: 'refused'; reason: string | null })
>;

/** A request of a person about their data. @since 0.11.0 */
export type PersonRequest = Readonly<{
  requestId: Id;
  kind: 'access' | 'rectification' | 'erasure' | 'portability';
  receivedAt: Instant;
  /** The deadline, as the host has it. */
  dueAt: Instant;
  /** The operator who recorded it. */
  by: Actor;
  answer: RequestAnswer | null;
  /** True for a request without an answer after its deadline. */
  overdue: boolean;
}>;

/** The register of requests. Rows have neither the person nor the reason of a refusal in clear. @since 0.11.0 */
export type Requests = Readonly<{
  /**
   * Records a request. A repeat answers what is recorded.
   *
   * @throws RangeError when another request has this id
   */
  recordRequest(
    request: Omit<PersonRequest, 'answer' | 'overdue'> & Readonly<{ person: string }>,
  ): Promise<PersonRequest>;
  /**
   * Records the answer; a refusal needs a reason.
   *
   * @throws RangeError when there is no such request, or it has an answer
   */
  answerRequest(
    answer: Readonly<{ requestId: Id; outcome: 'answered' | 'refused'; reason?: string; at: Instant; by: Actor }>,
  ): Promise<PersonRequest>;
  /** Lists requests, those due first in front: all, the open ones, or those of a person. */
  listRequests(filter?: Readonly<{ open?: boolean; person?: string }>): Promise<readonly PersonRequest[]>;
}>;

type StoredAnswer = Readonly<{ outcome: 'answered' | 'refused'; at: Instant; by: Actor; sealed?: string }>;
type Stored = Omit<PersonRequest, 'answer' | 'overdue'> & Readonly<{ person: string; answer: StoredAnswer | null }>;

const REQUESTS = 'auxilio.requests';
const kinds: readonly unknown[] = ['access', 'rectification', 'erasure', 'portability'];

const placeOf = (requestId: Id) => ({ streamName: REQUESTS, eventId: requestId, subjects: 'reason' });

export function createRequests(keyring: Keyring, store: RowStore, now: () => Instant): Requests {
  const readStored = async (requestId: Id) =>
    ((await store.readRow(REQUESTS, requestId))?.body as Stored | undefined) ?? null;

  const write = (change: () => Promise<Stored | undefined>) =>
    changeRows(store, REQUESTS, async () => {
      const body = await change();
      return body && [{ projection: REQUESTS, key: body.requestId, body }];
    });

  async function openRequest(stored: Stored, indexKey: Uint8Array | null): Promise<PersonRequest> {
    const { person: _, answer, ...request } = stored;
    const overdue = answer === null && request.dueAt < now();
    if (answer === null) return { ...request, answer, overdue };
    const { sealed = '', outcome, ...given } = answer;
    if (outcome === 'answered') return { ...request, answer: { outcome, ...given }, overdue };
    const opened = indexKey && (await openEnvelope(indexKey, placeOf(stored.requestId), sealed));
    const reason = opened?.ok ? String(opened.value) : null;
    return { ...request, answer: { outcome, reason, ...given }, overdue };
  }

  return {
    async recordRequest({ person: name, requestId, kind, receivedAt, dueAt, by }) {
      mustBe(kinds.includes(kind), `A request is of ${kinds.join(', ')}`, kind);
      mustBe(isInstant(receivedAt) && isInstant(dueAt), 'A request has receivedAt and dueAt, instants', dueAt);
      const indexKey = (await readIndexKey(keyring, true)) as Uint8Array;
      const person = personToken(indexKey, 'requests', name);
      let stored: Stored = { requestId, kind, person, receivedAt, dueAt, by, answer: null };
      await write(async () => {
        const known = await readStored(requestId);
        if (known === null) return stored;
        const isSame = known.person === person && known.kind === kind && known.receivedAt === receivedAt;
        if (!isSame) throw new RangeError(`Another request has the id ${requestId}`);
        stored = known;
        return undefined;
      });
      return openRequest(stored, indexKey);
    },

    async answerRequest({ requestId, outcome, reason, at, by }) {
      mustBe(outcome === 'answered' || outcome === 'refused', 'An outcome is answered or refused', outcome);
      mustBe(isInstant(at), 'An answer has at, an instant', at);
      const isReasoned = typeof reason === 'string' && reason.trim() !== '';
      mustBe(
        outcome === 'answered' ? reason === undefined : isReasoned,
        'A refusal, and it alone, has a reason',
        reason,
      );
      const indexKey = (await readIndexKey(keyring, true)) as Uint8Array;
      const sealed = reason === undefined ? undefined : await sealEnvelope(indexKey, placeOf(requestId), reason);
      let stored: Stored | undefined;
      await write(async () => {
        const known = await readStored(requestId);
        if (known === null) throw new RangeError(`No request has the id ${requestId}`);
        if (known.answer !== null) throw new RangeError(`The request ${requestId} has an answer`);
        stored = { ...known, answer: { outcome, at, by, ...(sealed !== undefined && { sealed }) } };
        return stored;
      });
      return openRequest(stored as unknown as Stored, indexKey);
    },

    async listRequests({ open = false, person } = {}) {
      const indexKey = await readIndexKey(keyring, false);
      const token = person === undefined || indexKey === null ? person : personToken(indexKey, 'requests', person);
      const all = (await listRows(store, REQUESTS, '')).map(({ body }) => body as Stored);
      const found = all
        .filter((one) => !(open && one.answer !== null) && (token === undefined || one.person === token))
        .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
      return Promise.all(found.map((one) => openRequest(one, indexKey)));
    },
  };
}
