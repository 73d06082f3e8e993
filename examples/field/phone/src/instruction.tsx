import { describeData } from 'auxilio/forms';
import type { ReplicaVisit } from 'auxilio/replica';
import { hour, t, usePhone } from './app.tsx';
import { toldIn } from './instructed.ts';

/** An instruction as it was given, or a change of the visit; folded once it is not new. */
export function Instructions({ visit }: { visit: ReplicaVisit }) {
  const { actorId, commandOf, forms } = usePhone();
  const words = t();
  return (
    <>
      {toldIn(visit, actorId).map(({ event: { type, data }, isChange, isNew }) => {
        const command = commandOf(type);
        if (command === undefined) return null;
        const said = describeData(command, data, forms).filter(({ name }) => name !== 'at' && name !== 'about');
        return (
          <details class="news" open={isNew} key={type}>
            <summary>{(isChange ? words.changedIt : words.instructed)(hour(data.at))}</summary>
            {said.map(({ name, label, texts }) => (
              <p key={name}>
                {name === 'decision' || name === 'outcome' ? (
                  <strong>{texts.join(', ')}</strong>
                ) : name === 'text' ? (
                  texts.join(' ')
                ) : (
                  `${name === 'waives' ? words.goOnWithout : label}${label.endsWith('?') ? '' : ':'} ${texts.join(', ')}`
                )}
              </p>
            ))}
          </details>
        );
      })}
    </>
  );
}
