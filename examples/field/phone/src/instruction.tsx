import type { VisitEvent } from 'auxilio';
import { describeData } from 'auxilio/forms';
import type { ReplicaVisit } from 'auxilio/replica';
import { clock, t, usePhone } from './app.tsx';

/** Acts of the center by which it tells the provider how to go on. */
const directing: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'MaterialsCoordinated',
]);

/** The last word of the center on how to go on, as it was given; folded once the user has recorded an act after it. */
export function Instruction({ visit: { events, own, pending, local } }: { visit: ReplicaVisit }) {
  const { actorId, commandOf, forms } = usePhone();
  const index = events.findLastIndex(({ type }) => directing.has(type));
  const event = events[index];
  const command = event && commandOf(event.type);
  if (event === undefined || command === undefined) return null;
  const since = event.metadata?.recordedAt ?? event.data.at;
  const isFollowed =
    events.slice(index).some(({ data }) => 'by' in data && data.by.id === actorId) ||
    [...own.map(({ data }) => data), ...pending.map(({ command: { data } }) => data)].some(({ at }) => at > since);
  // The representative is asked for until their identity is validated.
  const isNeeded = local.identity.representativeAllowed && local.identity.validatedAt === null;
  const said = describeData(command, event.data, forms).filter(({ name }) => name !== 'at' && name !== 'about');
  return (
    <details class="news" open={!isFollowed || isNeeded}>
      <summary>{t().instructed(clock(event.data.at))}</summary>
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
