import { describeData } from 'auxilio/forms';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { centerPhone, named, t, usePhone, when } from '../app.tsx';
import { type Entry, entriesOf } from '../entries.ts';
import { Header, Missing, useVisit } from './visit.tsx';

const statusTexts = {
  sent: 'statusSent',
  ofCenter: 'statusOfCenter',
  waiting: 'statusWaiting',
  review: 'statusReview',
  taken: 'statusTaken',
  notTaken: 'statusNotTaken',
  corrected: 'corrected',
  annulled: 'annulled',
} as const;

export function Done({ visitId }: { visitId: string }) {
  const visit = useVisit(visitId);
  const phone = usePhone();
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const words = t();
  if (visit === undefined) return <Missing />;
  const entries = entriesOf(visit, phone.actorId, phone.commandOf);

  async function ask({ id, status, isTried }: Entry) {
    setAsked(id);
    setProblem(null);
    if (status !== 'waiting' || isTried) setProblem(words.mistakeLate);
  }
  async function undo(id: string) {
    const answer = await phone.undo(visitId, id);
    // Later than that it can still be kept from being sent, if no act after it builds on it.
    const last = visit?.pending.findLast(({ withheld }) => withheld === undefined);
    const isLast = last?.command.metadata.commandId === id;
    const isWithheld = !answer.ok && answer.reason === 'too-late' && isLast && (await phone.replica.withhold(id, ''));
    if (answer.ok || (isWithheld && (await phone.undo(visitId, id)).ok)) setAsked(null);
    else setProblem(answer.reason === 'sent' || answer.reason === 'unknown' ? words.mistakeLate : words.mistakeNeeded);
  }

  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={words.title} page={words.done} />
      <ol class="done">
        {entries.map((entry) => (
          <li key={entry.id} class={entry.status}>
            <div>
              <strong>{named(entry.type)}</strong>
              <span>
                {when(entry.at)} · {words[statusTexts[entry.status]]}
              </span>
            </div>
            {entry.reason !== undefined && <q>{entry.reason}</q>}
            <button type="button" aria-label={`${words.mistake}: ${named(entry.type)}`} onClick={() => ask(entry)}>
              {words.mistake}
            </button>
            <Contents entry={entry} />
            {asked === entry.id && (
              <div class="ask" role="alert">
                {problem === null ? (
                  <>
                    <p>{words.mistakeUnsent}</p>
                    <button type="button" class="primary" onClick={() => undo(entry.id)}>
                      <Icon name="undo" /> {words.undo}
                    </button>
                  </>
                ) : (
                  <>
                    <p>{problem}</p>
                    <a class="button" href={`tel:${centerPhone}`}>
                      <Icon name="call" /> {words.call}
                    </a>
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
    </main>
  );
}

/** What was recorded with an act, but its time. */
function Contents({ entry: { type, data } }: { entry: Entry }) {
  const said = describeData(type, data, usePhone().forms).filter(({ name }) => name !== 'at');
  if (said.length === 0) return null;
  return (
    <dl class="contents">
      {said.map(({ name, label, texts }) => (
        <div key={name}>
          <dt>{label.endsWith('?') ? label : `${label}:`}</dt>{' '}
          <dd>{name === 'photos' || name === 'photoIds' ? t().photoCount(texts.length) : texts.join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
}
