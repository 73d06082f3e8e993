import type { CommandType, InstructionTopic, NotificationTopic } from '../messages/index.ts';
import { isRunning, type VisitState } from '../visit/state.ts';
import type { EnteredData } from './entered.ts';

type Known = { readonly [T in CommandType]?: (visit: VisitState) => Partial<EnteredData<T>> };

/** Keeps a value that is known. */
const keepKnown = <K extends string, const V>(key: K, value: V | null | undefined | false) =>
  (value ? { [key]: value } : {}) as { readonly [P in K]?: V };

const keepListed = <K extends string, V>(key: K, list: readonly V[]) => keepKnown(key, list.length > 0 && list);

const photoIds = ({ photos }: VisitState, isMeant: (photo: VisitState['photos']['byId'][string]) => boolean) =>
  keepListed(
    'photoIds',
    Object.entries(photos.byId).flatMap(([photoId, photo]) => (isMeant(photo) ? photoId : [])),
  );

const topics = ['delay', 'provider-change'] as const satisfies readonly NotificationTopic[];

const owed = ({ debts }: VisitState) => topics.filter((topic) => debts.some(({ kind }) => kind === `notify-${topic}`));

/** The topics on which the contact center is waited for. */
const awaited = ({ debts }: VisitState) => [
  ...new Set(
    debts.flatMap(({ kind, about }): InstructionTopic[] => {
      if (kind === 'take-up-escalation') return ['escalation'];
      return kind === 'give-instruction' && (about === 'client-absence' || about === 'identity') ? [about] : [];
    }),
  ),
];

/** Nothing of what a person has to see or hear for themselves: no answer, no time, no call. */
const known: Known = {
  NotifyClient: (visit) => keepListed('about', owed(visit)),
  GiveInstruction: (visit) => {
    const [topic = 'visit', ...others] = awaited(visit);
    return keepKnown('about', others.length === 0 && topic);
  },
  ValidateIdentity: ({ identity }) => keepKnown('person', !identity.representativeAllowed && 'client'),
  AnnounceService: ({ service }) => keepKnown('service', service),
  SubmitPhotos: (visit) => photoIds(visit, ({ takenAt, sentAt }) => takenAt !== null && sentAt === null),
  DocumentPhotos: (visit) => photoIds(visit, ({ sentAt, documentedAt }) => sentAt !== null && documentedAt === null),
  SupplyMaterials: ({ materials }) =>
    keepListed(
      'items',
      materials.requested.map(({ item, quantity, unit }) => ({ item, quantity, ...keepKnown('unit', unit) })),
    ),
  PauseWork: (visit) => keepKnown('kind', (!isRunning(visit) || visit.instruction === 'reschedule') && 'second-visit'),
  ResumeWork: ({ work }) => keepKnown('kind', work.away ? 'second-visit' : work.onBreak && 'break'),
  ShowBelongings: ({ work }) => keepListed('items', work.tools),
  ReportCompletion: ({ caseNumber }) => keepKnown('caseNumber', caseNumber),
};

/**
 * Gives the data of an act that the visit knows, for a form to start from: the assigned service, the photographs that wait, the
 * topic that an instruction is waited for on, the materials asked for, the tools shown, the case number. Never an answer, a time or a call, which a person has to give.
 *
 * @since 0.5.0
 */
export function knownData<T extends CommandType>(command: T, visit: VisitState): Partial<EnteredData<T>> {
  const of: ((visit: VisitState) => object) | undefined = known[command];
  return (of?.(visit) ?? {}) as Partial<EnteredData<T>>;
}
