/** Errors that are planted into the replica's way to its server or its store: the law of answers has to find each. */
import { type Remote, RemoteError } from '../../src/replica.ts';
import type { Answer, Planted } from './answering.ts';

const answered = (status: number, body: 'none' | 'problem'): Answer['kind'] => ({ status, body, wait: null }) as never;

const renamed =
  (change: (error: RemoteError) => RemoteError): NonNullable<Planted['remote']> =>
  (remote) => {
    const over = <T>(call: Promise<T>): Promise<T> =>
      call.catch((error: unknown) => {
        throw error instanceof RemoteError ? change(error) : error;
      });
    return {
      ...remote,
      sync: (...given) => over(remote.sync(...given)),
      putPhoto: (...given) => over(remote.putPhoto(...given)),
    } satisfies Remote;
  };

/** Each with an answer under which it shows. */
export const plantedAnswers: Readonly<Record<string, Readonly<{ planted: Planted; answer: Answer }>>> = {
  'a 413 of a proxy is taken for the word of the server': {
    planted: {
      remote: renamed((error) => (error.status === 413 ? new RemoteError('too-large', 'Too large') : error)),
    },
    answer: { place: 'syncs', kind: answered(413, 'none'), which: 0, isFull: false },
  },
  'a server that fails is taken for one act that cannot be read': {
    planted: {
      remote: renamed((error) =>
        error.status === 500 ? new RemoteError('malformed', 'It failed', { index: 0 }) : error,
      ),
    },
    answer: { place: 'all', kind: answered(500, 'problem'), which: 0, isFull: false },
  },
  'a photograph that is refused is taken for one on a network that fails': {
    planted: { remote: renamed((error) => (error.status === 415 ? new RemoteError('unavailable', 'Cut') : error)) },
    answer: { place: 'photo', kind: answered(415, 'problem'), which: 0, isFull: false },
  },
  'what is withheld is not stored as withheld': {
    planted: {
      store: (store) => ({
        ...store,
        writeGroup: (group, at, changes) =>
          store.writeGroup(
            group,
            at,
            Object.fromEntries(
              Object.entries(changes).map(([key, text]) => [
                key,
                key === 'head' && text !== null ? text.replace(/"problems":\[.*?\]/, '"problems":[]') : text,
              ]),
            ),
          ),
      }),
    },
    answer: { place: 'act', kind: answered(500, 'problem'), which: 1, isFull: false },
  },
  'a photograph that is refused is dropped, and said to be held': {
    planted: {
      remote: (remote) => ({ ...remote, putPhoto: (...given) => remote.putPhoto(...given).catch(() => undefined) }),
    },
    answer: { place: 'photo', kind: answered(415, 'problem'), which: 0, isFull: false },
  },
};
