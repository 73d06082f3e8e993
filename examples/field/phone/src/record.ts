/** Records an act, and answers what keeps it from the record, in words. */
import { signal } from '@preact/signals';
import type { CommandType, Instant, Violation } from 'auxilio';
import { type EnteredData, knownData } from 'auxilio/forms';
import type { ActAnswer, ActCommand, ActOptions, ReplicaVisit } from 'auxilio/replica';
import { goTo } from '../../ui/route.ts';
import { t, usePhone } from './app.tsx';
import { now } from './phone.ts';
import { photosOf } from './photos.ts';

/** The outcome of an act: recorded, or to be shown to the user. */
export type Recorded =
  | Readonly<{ kind: 'recorded' }>
  | Readonly<{ kind: 'refused'; violations: readonly Violation[] }>
  | Readonly<{ kind: 'clock'; estimate: Instant }>
  | Readonly<{ kind: 'led-elsewhere' }>
  | Readonly<{ kind: 'problem'; text: string }>;

export async function record(command: ActCommand, options?: ActOptions, leave?: () => void): Promise<Recorded> {
  const words = t();
  let answer: ActAnswer;
  try {
    answer = await usePhone().act(command, options, leave);
  } catch (error) {
    console.error(error);
    const isFull = (error as { kind?: string }).kind === 'full';
    return { kind: 'problem', text: isFull ? words.notSaved : words.notSavedOther };
  }
  if (answer.ok) return { kind: 'recorded' };
  switch (answer.reason) {
    case 'refused':
      return { kind: 'refused', violations: answer.violations };
    case 'clock-suspect':
      return { kind: 'clock', estimate: answer.estimate };
    case 'led-elsewhere':
      return { kind: 'led-elsewhere' };
    case 'needs-upgrade':
      return { kind: 'problem', text: words.needsUpgrade };
    case 'not-here':
      return { kind: 'problem', text: words.notHere };
    case 'device-revoked':
      return { kind: 'problem', text: words.revoked };
    case 'malformed':
      return { kind: 'problem', text: `${words.malformed} ${answer.issues.map(({ path }) => path).join(', ')}` };
  }
}

/** The last refusal, with the data that were given. */
export const refusal = signal<Readonly<{
  visitId: string;
  type: CommandType;
  violations: readonly Violation[];
}> | null>(null);

/** The hindrance of an act that was tried by a touch, until its form has shown it. */
export const stopped = signal<Readonly<{ visitId: string; type: CommandType; recorded: Recorded }> | null>(null);

/** Shows why an act is refused. */
export function showRefusal(visitId: string, type: CommandType, violations: readonly Violation[]): void {
  refusal.value = { visitId, type, violations };
  goTo('closed', visitId, type);
}

/**
 * The data of an act that the visit and this phone know. Photographs that are in this phone are sent by this application; not those that
 * the center refused.
 */
export function knownHere<T extends CommandType>(type: T, visit: ReplicaVisit): Partial<EnteredData<T>> {
  const known = knownData(type, visit.local);
  if (type !== 'SubmitPhotos') return known;
  const { photoIds = [] }: Partial<EnteredData<'SubmitPhotos'>> = known;
  const sendable = photosOf(visit).flatMap(({ photoId, isSendable }) => (isSendable ? photoId : []));
  const sent = photoIds.filter((photoId) => sendable.includes(photoId));
  const data: Partial<EnteredData<'SubmitPhotos'>> = { channel: 'app', ...(sent.length > 0 && { photoIds: sent }) };
  return data as Partial<EnteredData<T>>;
}

/** Records an act with what the visit knows, at this moment; what stands in its way is shown on the screen of the act. */
export async function recordNow(visit: ReplicaVisit, type: CommandType): Promise<void> {
  const { visitId } = visit;
  const data = { ...knownHere(type, visit), visitId, at: now() };
  const recorded = await record({ type, data } as ActCommand);
  if (recorded.kind === 'refused') showRefusal(visitId, type, recorded.violations);
  else if (recorded.kind !== 'recorded') {
    stopped.value = { visitId, type, recorded };
    goTo('act', visitId, type);
  }
}
