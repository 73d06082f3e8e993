import { useEffect, useState } from 'preact/hooks';
import type { Disagreement } from '../../server/disagreements.ts';
import { get, post, visitPath } from './api.ts';
import { say, t, when } from './app.ts';
import { lastDisagreement, resets } from './board.ts';

/** Disagreements of the provider with what was decided, each with its answer, or the form for it. */
export function Disagreements({ visitId, isReader }: { visitId: string; isReader: boolean }) {
  const [all, setAll] = useState<readonly Disagreement[]>([]);
  const heard = lastDisagreement.value;
  useEffect(() => {
    get<{ disagreements: readonly Disagreement[] }>(`${visitPath(visitId)}/disagreements`).then((answer) => {
      if (answer.ok) setAll(answer.value.disagreements);
    });
  }, [visitId, resets.value, heard?.visitId === visitId ? heard : null]);
  const words = t();
  if (all.length === 0) return null;
  return (
    <section class="disagreements">
      {all.map((one) => (
        <article key={one.disagreementId}>
          <h2>{words.disagreementOf(one.name, when(one.at))}</h2>
          <p>{one.reason}</p>
          {one.answer !== null && (
            <p class="detail">
              {one.answer.text} <small>{words.answered(one.answer.name, when(one.answer.at))}</small>
            </p>
          )}
          {one.answer === null && !isReader && (
            <Answer
              disagreement={one}
              answered={(changed) =>
                setAll((before) =>
                  before.map((each) => (each.disagreementId === changed.disagreementId ? changed : each)),
                )
              }
            />
          )}
        </article>
      ))}
    </section>
  );
}

type AnswerProps = Readonly<{ disagreement: Disagreement; answered: (changed: Disagreement) => void }>;

function Answer({ disagreement: { visitId, disagreementId }, answered }: AnswerProps) {
  const words = t();
  const [text, setText] = useState('');
  async function send(event: SubmitEvent) {
    event.preventDefault();
    const path = `${visitPath(visitId)}/disagreements/${encodeURIComponent(disagreementId)}`;
    const answer = await post<Disagreement>(path, { text });
    say(answer.ok ? words.answerSent : answer.title || words.cannotReach);
    if (answer.ok) answered(answer.value);
  }
  return (
    <form onSubmit={send}>
      <label class="field">
        {words.answerText}
        <textarea
          rows={2}
          maxLength={1000}
          required
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <p class="hint">{words.answerHint}</p>
      <button type="submit" class="primary" disabled={text.trim() === ''}>
        {words.answer}
      </button>
    </form>
  );
}
