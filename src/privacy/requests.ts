import { mustBe, mustKnow } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import type { ConsumerState } from '../stores/event-store.ts';
import { compareTexts } from '../util/equality.ts';
import { isInstant } from '../util/instant.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { createLedger } from './ledger.ts';
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
const kinds: readonly string[] = ['access', 'rectification', 'erasure', 'portability'];

const placeOf = (requestId: Id) => ({ streamName: REQUESTS, eventId: requestId, subjects: 'reason' });

export function createRequests(keyring: Keyring, store: ConsumerState, now: () => Instant): Requests {
  const ledger = createLedger<Stored>(store, REQUESTS);

  async function openRequest(stored: Stored, indexKey: Uint8Array | null): Promise<PersonRequest> {
    const { person: _, answer, ...request } = stored;
    if (answer === null) return { ...request, answer, overdue: request.dueAt < now() };
    const { sealed = '', outcome, ...given } = answer;
    if (outcome === 'answered') return { ...request, answer: { outcome, ...given }, overdue: false };
    const opened = indexKey && (await openEnvelope(indexKey, placeOf(stored.requestId), sealed));
    const reason = opened?.ok ? String(opened.value) : null;
    return { ...request, answer: { outcome, reason, ...given }, overdue: false };
  }

  return {
    async recordRequest({ person: name, requestId, kind, receivedAt, dueAt, by }) {
      mustKnow('kind of a request', kind, kinds);
      mustBe(isInstant(receivedAt) && isInstant(dueAt), 'A request has receivedAt and dueAt, instants', dueAt);
      const indexKey = await readIndexKey(keyring, true);
      const person = personToken(indexKey, 'requests', name);
      const stored = await ledger.write(requestId, (known): Stored => {
        const isSame = known?.person === person && known.kind === kind && known.receivedAt === receivedAt;
        if (known !== null && !isSame) throw new RangeError(`Another request has the id ${requestId}`);
        return known ?? { requestId, kind, person, receivedAt, dueAt, by, answer: null };
      });
      return openRequest(stored, indexKey);
    },

    async answerRequest({ requestId, outcome, reason, at, by }) {
      mustKnow('outcome', outcome, ['answered', 'refused']);
      mustBe(isInstant(at), 'An answer has at, an instant', at);
      const isReasoned = typeof reason === 'string' && reason.trim() !== '';
      mustBe(
        outcome === 'answered' ? reason === undefined : isReasoned,
        'A refusal, and it alone, has a reason',
        reason,
      );
      const indexKey = await readIndexKey(keyring, true);
      const sealed = reason === undefined ? undefined : await sealEnvelope(indexKey, placeOf(requestId), reason);
      const stored = await ledger.write(requestId, (known): Stored => {
        if (known === null) throw new RangeError(`No request has the id ${requestId}`);
        if (known.answer !== null) throw new RangeError(`The request ${requestId} has an answer`);
        return { ...known, answer: { outcome, at, by, ...(sealed !== undefined && { sealed }) } };
      });
      return openRequest(stored, indexKey);
    },

    async listRequests({ open = false, person } = {}) {
      const indexKey = await readIndexKey(keyring, false);
      const token = person === undefined || indexKey === null ? person : personToken(indexKey, 'requests', person);
      const found = (await ledger.list())
        .filter((one) => !(open && one.answer !== null) && (token === undefined || one.person === token))
        .sort((one, other) => compareTexts(one.dueAt, other.dueAt));
      return Promise.all(found.map((one) => openRequest(one, indexKey)));
    },
  };
}
