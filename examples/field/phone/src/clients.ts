/** The telephones of the clients at one's open visits. */
import { signal } from '@preact/signals';
import type { ClientNumbersReply } from '../../server/telephones.ts';
import { type Followed, followOfVisits } from './of-visits.ts';

/** The numbers that are known, by the ids of the visits. */
export const clientNumbers = signal<Readonly<Record<string, string>>>({});

export const clientNumbersKey = (actorId: string): string => `clients/${actorId}`;

export const followClientNumbers = (followed: Followed) =>
  followOfVisits(followed, {
    key: clientNumbersKey(followed.actorId),
    path: '/api/telephones',
    shown: clientNumbers,
    take: ({ clients }: ClientNumbersReply) => clients.map(({ visitId, number }) => [visitId, number] as const),
    isKnown: ({ visitId }) => clientNumbers.value[visitId] !== undefined,
  });
