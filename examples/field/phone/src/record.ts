/** Records an act, and answers what keeps it from the record, in words. */
import type { CommandType, Instant } from 'auxilio';
import type { ActAnswer, ActCommand, ActOptions } from 'auxilio/replica';
import { t, usePhone } from './app.tsx';
import { now } from './phone.ts';
import { goTo } from './route.ts';

/** What became of an act: recorded, or to be shown to the user. */
export type Recorded =
  | Readonly<{ kind: 'recorded' }>
  | Readonly<{ kind: 'refused' }>
  | Readonly<{ kind: 'clock'; estimate: Instant }>
  | Readonly<{ kind: 'led-elsewhere' }>
  | Readonly<{ kind: 'problem'; text: string }>;

export async function record(command: ActCommand, options?: ActOptions): Promise<Recorded> {
  const words = t();
  let answer: ActAnswer;
  try {
    answer = await usePhone().act(command, options);
  } catch (error) {
    console.error(error);
    const isFull = (error as { reason?: string }).reason === 'full';
    return { kind: 'problem', text: isFull ? words.notSaved : words.notSavedOther };
  }
  if (answer.ok) return { kind: 'recorded' };
  switch (answer.reason) {
    case 'refused':
      return { kind: 'refused' };
    case 'clock-suspect':
      return { kind: 'clock', estimate: answer.estimate };
    case 'led-elsewhere':
      return { kind: 'led-elsewhere' };
    case 'needs-upgrade':
      return { kind: 'problem', text: words.needsUpgrade };
    case 'device-revoked':
      return { kind: 'problem', text: words.revoked };
    case 'malformed':
      return { kind: 'problem', text: `${words.malformed} ${answer.issues.map(({ path }) => path).join(', ')}` };
  }
}

/** Records an act without other data at this moment; what stands in its way is shown on the screen of the act. */
export async function recordNow(visitId: string, type: CommandType): Promise<void> {
  const recorded = await record({ type, data: { visitId, at: now() } } as ActCommand);
  if (recorded.kind === 'recorded') return;
  goTo(recorded.kind === 'refused' ? 'closed' : 'act', visitId, type);
}
