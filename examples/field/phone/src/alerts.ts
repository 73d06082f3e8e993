/** Alerts for the instructions of the center: a sound and a vibration, once for each new one. */
import type { ReplicaVisit } from 'auxilio/replica';
import { instructionsToRead, type ToRead } from '../../ui/to-read.ts';
import { toldIn } from './instructed.ts';

export type AlertHost = Readonly<{
  actorId: string;
  /** Sounds and vibrates; false while the browser lets the page do neither, before the first touch. */
  tell: () => Promise<boolean>;
  isMuted: () => boolean;
  /** The instructions that this phone has told, and what keeps them. */
  read: () => readonly string[];
  keep: (told: readonly string[]) => void;
}>;

/** The number of instructions that are remembered. */
const most = 100;

/** Instructions that the user has not followed yet, changes and losses of their visits, by a text that tells one from another. */
function newIn(visits: readonly ReplicaVisit[], actorId: string): readonly string[] {
  return visits.flatMap((visit) => {
    const isTaken = (one: ToRead) => one.stop === 'taken' && one.providerId === actorId;
    return [
      ...toldIn(visit, actorId).filter(({ isNew }) => isNew),
      ...instructionsToRead(visit.events).filter(isTaken),
    ].map(({ event: { type, data, metadata } }) => `${visit.visitId} ${type} ${metadata?.recordedAt ?? data.at}`);
  });
}

/** Makes a function that tells what is new in the visits, all of it at once; it answers false if that has to wait for a touch. */
export function createAlerts(host: AlertHost): (visits: readonly ReplicaVisit[]) => Promise<boolean> {
  // Kept here too, for a browser that keeps nothing.
  let told = host.read();
  let latest: readonly ReplicaVisit[] = [];
  let telling: Promise<boolean> | null = null;

  async function tellAll(): Promise<boolean> {
    for (;;) {
      // Another tab may have told it.
      const known = new Set([...told, ...host.read()]);
      const untold = newIn(latest, host.actorId).filter((one) => !known.has(one));
      if (untold.length === 0) return true;
      // One that comes while the alerts are muted is not told later.
      if (!host.isMuted() && !(await host.tell())) return false;
      told = [...known, ...untold].slice(-most);
      host.keep(told);
    }
  }

  return (visits) => {
    latest = visits;
    telling ??= tellAll().finally(() => {
      telling = null;
    });
    return telling;
  };
}
