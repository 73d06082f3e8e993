import { describeData } from 'auxilio/forms';
import type { ReplicaVisit } from 'auxilio/replica';
import { clock, t, usePhone } from './app.tsx';
import { instructedIn } from './instructed.ts';

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
