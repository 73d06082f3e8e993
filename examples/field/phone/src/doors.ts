/** The secrets of the codes at the door of one's open visits: for this phone alone, and no longer than its user is entered. */
import { signal } from '@preact/signals';
import type { ReplicaVisit } from 'auxilio/replica';
import type { DoorSecretsReply, ProviderDoor } from '../../server/client-links.ts';
import { assignmentIn } from '../../ui/assignment.ts';
import { type Followed, followOfVisits } from './of-visits.ts';
import { doorsKey } from './session.ts';

export const doors = signal<Readonly<Record<string, ProviderDoor>>>({});

/** The door of a visit; undefined where it is not known of the assignment that stands. */
export function doorOf({ visitId, events }: ReplicaVisit): ProviderDoor | undefined {
  const door = doors.value[visitId];
  return door !== undefined && door.position === assignmentIn(events)?.position ? door : undefined;
}

export const followDoors = (followed: Followed) =>
  followOfVisits(followed, {
    key: doorsKey(followed.actorId),
    path: '/api/door-secrets',
    shown: doors,
    take: (reply: DoorSecretsReply) => reply.doors.map((door) => [door.visitId, door] as const),
    isKnown: (visit) => doorOf(visit) !== undefined,
  });
