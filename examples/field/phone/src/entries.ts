/** The acts of the user in a visit, as they stand on record. */
import type { CommandType, CorrectableTime, EventType, Id, Instant, VisitCommand, VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';

type Status = 'sent' | 'ofCenter' | 'waiting' | 'review' | 'taken' | 'notTaken' | 'corrected' | 'annulled';

export type Entry = Readonly<{
  id: string;
  type: CommandType;
  at: Instant;
  /** Its data, as the act has them. */
  data: VisitEvent['data'] | VisitCommand['data'];
  status: Status;
  /** The reason of the center for a correction or an annulment. */
  reason?: string;
  /** True for one that the center may have: it was sent, without an answer. */
  isTried?: boolean;
}>;

/** The acts of a provider whose times the center can correct. */
const timed: Readonly<Record<CorrectableTime, readonly CommandType[]>> = {
  arrival: ['RecordArrival'],
  start: ['StartWork'],
  resumption: ['ResumeWork', 'AcceptMaterials', 'ExplainWork'],
  interruption: ['PauseWork', 'RequestExtraMaterials'],
  'completion-call': ['ReportCompletion'],
  end: ['CompleteVisit', 'CloseVisit'],
};

/** The acts of the user, the newest first: those that the center has, those in review, and those that wait. */
export function entriesOf(
  { events, own, pending }: Pick<ReplicaVisit, 'events' | 'own' | 'pending'>,
  actorId: Id,
  commandOf: (event: EventType) => CommandType | undefined,
): readonly Entry[] {
  const log = [...events, ...own];
  const settlements = log.filter((event) => event.type === 'DiscrepancySettled');
  const settling = new Set(settlements.map(({ metadata }) => metadata?.commandId));
  const entries: Entry[] = [];
  const add = (id: string | undefined, event: EventType, data: VisitEvent['data'], status: Status) => {
    const type = commandOf(event);
    if (type !== undefined && id !== undefined) entries.push({ id, type, at: data.at, data, status });
  };
  /** Changes the last entry that is meant, if it is one of the user's. */
  const change = (isMeant: (entry: Entry) => boolean, changed: Partial<Entry>) => {
    const place = entries.findLastIndex((entry) => entry.status !== 'annulled' && isMeant(entry));
    const entry = entries[place];
    if (entry !== undefined) entries[place] = { ...entry, ...changed };
  };
  for (const event of log) {
    const { type, data, metadata } = event;
    if (type === 'DiscrepancyReported') {
      if (data.by.id !== actorId) continue;
      const decided = settlements.filter((one) => one.data.discrepancyId === data.discrepancyId);
      const taken = new Set(decided.flatMap((one) => one.data.taken));
      for (const [place, act] of data.acts.entries()) {
        // The center has recorded the fact of a twin, which is listed.
        if (act.twinOf !== undefined) continue;
        const status = decided.length === 0 ? 'review' : taken.has(place) ? 'taken' : 'notTaken';
        add(act.commandId, act.type, act.data, status);
      }
    } else if (type === 'TimeCorrected') {
      const { what, recorded, corrected, reason } = data;
      const isMeant = (one: Entry) => one.at === recorded && timed[what].includes(one.type);
      change(isMeant, { at: corrected, status: 'corrected', reason });
    } else if (type === 'ActAnnulled') {
      const annulled = commandOf(data.act);
      const { act, recorded, reason } = data;
      const changed = { status: 'annulled', reason } as const;
      change((one) => one.at === recorded && one.type === annulled, changed);
      if (act === 'Completed') change(({ type: one }) => one === 'ReportCompletion', changed);
    } else if (isOf(event, actorId) && !(metadata?.commandId && settling.has(metadata.commandId))) {
      // What a settlement put on record is listed in the report that it settles.
      add(metadata?.commandId, type, data, isOwn(event, actorId) ? 'sent' : 'ofCenter');
    }
  }
  for (const { command, withheld, sentAt } of pending) {
    // The user has taken it back.
    if (withheld?.reason === 'given-up') continue;
    const { type, data, metadata } = command;
    entries.push({
      id: metadata.commandId ?? data.at,
      type,
      at: data.at,
      data,
      status: 'waiting',
      isTried: sentAt !== undefined,
    });
  }
  return entries.reverse();
}

/** True for an act that the user recorded themselves. */
export const isOwn = ({ data }: VisitEvent, actorId: Id): boolean =>
  'by' in data && (data.recordedBy ?? data.by).id === actorId;

/** True for an act of the user, also one that the center recorded, and for one of the client that they recorded. */
const isOf = ({ data }: VisitEvent, actorId: Id) =>
  'by' in data && (data.by.id === actorId || data.recordedBy?.id === actorId);
