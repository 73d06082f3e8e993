/** The visits that the screens show. One that changed is read again, and is never older on the screen than the answer of its last act. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Replica, ReplicaVisit } from 'auxilio/replica';

export type ShownVisits = Readonly<{
  /** All visits on the phone, those that are open first, by the time at which the provider is expected. */
  visits: ReadonlySignal<readonly ReplicaVisit[]>;
  readAll(): Promise<void>;
  /** Shows a visit that was just written at once; it is read again later, with what others changed. */
  adopt(visit: ReplicaVisit): void;
  /** Reads a visit again that has changed, after a pause. */
  reread(visitId: string): void;
}>;

/** The time after which a changed visit is read, in milliseconds: the screen that an act leads to is painted before. */
const readingMs = 100;

export const isOpen = ({ local }: ReplicaVisit, actorId: string): boolean =>
  local.phase !== 'completed' && local.phase !== 'closed' && local.provider?.id === actorId;

function inOrder(visits: readonly ReplicaVisit[], actorId: string): readonly ReplicaVisit[] {
  const key = (visit: ReplicaVisit) => visit.local.arriveBy ?? visit.events[0]?.data.at ?? '';
  return visits.toSorted((one, other) => {
    const [isFirst, isSecond] = [isOpen(one, actorId), isOpen(other, actorId)];
    if (isFirst !== isSecond) return isFirst ? -1 : 1;
    return key(one) < key(other) === isFirst ? -1 : 1;
  });
}

export function showVisits(replica: Pick<Replica, 'visits' | 'visit'>, actorId: string): ShownVisits {
  const visits = signal<readonly ReplicaVisit[]>([]);
  const shown = new Map<string, ReplicaVisit>();
  const show = () => {
    visits.value = inOrder([...shown.values()], actorId);
  };
  /** One of which there is nothing was removed, or was listed by mistake. */
  const put = (visit: ReplicaVisit) => {
    if (visit.events.length + visit.own.length + visit.pending.length === 0) shown.delete(visit.visitId);
    else shown.set(visit.visitId, visit);
  };
  /** The visits that have changed since they were read, and those that are being read. */
  const changed = new Set<string>();
  const reading = new Set<string>();
  let isReading = false;

  async function readChanged() {
    isReading = true;
    try {
      while (changed.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, readingMs));
        for (const visitId of changed) reading.add(visitId);
        changed.clear();
        const read = await Promise.all([...reading].map((visitId) => replica.visit(visitId)));
        for (const visit of read) {
          // An act was answered meanwhile: what was read may be older than its answer.
          if (!reading.delete(visit.visitId)) changed.add(visit.visitId);
          else put(visit);
        }
        show();
      }
    } catch (error) {
      console.error(error);
    } finally {
      reading.clear();
      isReading = false;
    }
  }

  return {
    visits,
    async readAll() {
      const entries = await replica.visits();
      const all = await Promise.all(entries.map(({ visitId }) => replica.visit(visitId)));
      shown.clear();
      all.forEach(put);
      show();
    },
    adopt(visit) {
      reading.delete(visit.visitId);
      shown.set(visit.visitId, visit);
      show();
    },
    reread(visitId) {
      changed.add(visitId);
      if (!isReading) void readChanged();
    },
  };
}
