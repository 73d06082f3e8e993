import type { VisitEvent } from 'auxilio';
import { describeData } from 'auxilio/forms';
import type { ReplicaVisit } from 'auxilio/replica';
import { clock, t, usePhone } from './app.tsx';

/** Acts of the center by which it tells the provider how to go on. */
const directing: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'MaterialsCoordinated',
]);

type Instructed = Readonly<{ event: VisitEvent; isNew: boolean }>;

/** The last word of the center on how to go on; new until the user has recorded an act after it. Null before the first. */
export function instructedIn({ events, own, pending, local }: ReplicaVisit, actorId: string): Instructed | null {
  const index = events.findLastIndex(({ type }) => directing.has(type));
  const event = events[index];
  if (event === undefined) return null;
  const since = event.metadata?.recordedAt ?? event.data.at;
  const isFollowed =
    events.slice(index).some(({ data }) => 'by' in data && data.by.id === actorId) ||
    [...own.map(({ data }) => data), ...pending.map(({ command: { data } }) => data)].some(({ at }) => at > since);
  // The representative is asked for until their identity is validated.
  const isNeeded = local.identity.representativeAllowed && local.identity.validatedAt === null;
  return { event, isNew: !isFollowed || isNeeded };
}

/** The instruction as it was given; folded once it is not new. */
export function Instruction({ visit }: { visit: ReplicaVisit }) {
  const { actorId, commandOf, forms } = usePhone();
  const instructed = instructedIn(visit, actorId);
  const command = instructed && commandOf(instructed.event.type);
  if (!instructed || !command) return null;
  const { data } = instructed.event;
  const said = describeData(command, data, forms).filter(({ name }) => name !== 'at' && name !== 'about');
  return (
    <details class="news" open={instructed.isNew}>
      <summary>{t().instructed(clock(data.at))}</summary>
      {said.map(({ name, label, texts }) => (
        <p key={name}>
          {name === 'decision' || name === 'outcome' ? (
            <strong>{texts.join(', ')}</strong>
          ) : name === 'text' ? (
            texts.join(' ')
          ) : (
            `${name === 'waives' ? t().goOnWithout : label}: ${texts.join(', ')}`
          )}
        </p>
      ))}
    </details>
  );
}
