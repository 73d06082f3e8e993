/** The log of the visit on the screen: read once, then what is new of it. */
import { effect, signal } from '@preact/signals';
import { replay, type VisitEvent, type VisitState } from 'auxilio/core';
import { useEffect, useState } from 'preact/hooks';
import type { EventsReply } from '../../../http/replies.ts';
import { type Failure, get, visitPath } from './api.ts';
import { resets, versions } from './board.ts';

export type Log = Readonly<{ visitId: string; events: readonly VisitEvent[]; state: VisitState }>;

/** Counts the requests of the screens to read again, right after an act. */
const asked = signal(0);

export function readAgain(): void {
  asked.value += 1;
}

/** Milliseconds after which a log is asked for again, besides each change on the board. */
const pauseMs = 20_000;

/** The log of a visit, kept up to date; null until it is there, or a failure. */
export function useLog(visitId: string): Log | Failure | null {
  const [log, setLog] = useState<Log | Failure | null>(null);
  useEffect(() => {
    let events: readonly VisitEvent[] = [];
    let [isGone, isBusy, isMissed] = [false, false, false];
    let readAt = resets.peek();
    async function read(): Promise<void> {
      if (isBusy) {
        isMissed = true;
        return;
      }
      isBusy = true;
      // Texts of what was read may have been erased since: it is read whole.
      const before = readAt === resets.peek() ? events : [];
      readAt = resets.peek();
      const answer = await get<EventsReply>(`${visitPath(visitId)}/events?after=${before.length}`);
      isBusy = false;
      if (isGone) return;
      if (!answer.ok) {
        if (events.length === 0) setLog(answer);
      } else if (answer.value.events.length > 0 || events.length === 0) {
        events = [...before, ...answer.value.events];
        setLog({ visitId, events, state: replay(events) });
      }
      if (isMissed) {
        isMissed = false;
        await read();
      }
    }
    const timer = setInterval(read, pauseMs);
    let last = '';
    const stop = effect(() => {
      const next = `${asked.value} ${resets.value} ${versions.value.get(visitId)}`;
      if (next === last) return;
      last = next;
      void read();
    });
    return () => {
      isGone = true;
      clearInterval(timer);
      stop();
    };
  }, [visitId]);
  return log;
}
