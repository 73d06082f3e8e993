import type { CommandType, OpenAct, VisitState } from 'auxilio';
import { script } from 'auxilio/core';
import { instant, named, policy, t, useLanguage } from '../app.ts';
import { shownKey } from '../keys.ts';
import { letterOf } from '../letters.ts';
import { session } from '../session.ts';

/** The phrases of courtesy, which fit anywhere. */
export function Courtesy({ state }: { state: VisitState }) {
  const words = t();
  const operator = session.value?.name ?? '';
  const options = { role: 'contact-center', language: useLanguage(), now: instant(), policy, operator } as const;
  const said = script(state, options).flatMap(({ command, say }) => (command === null ? say : []));
  if (said.length === 0) return null;
  return (
    <details class="detail-acts">
      <summary>{words.courtesy}</summary>
      {said.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </details>
  );
}

type ActsProps = Readonly<{
  open: readonly OpenAct[];
  byProvider: ReadonlySet<CommandType>;
  suggested: CommandType | null;
  choose: (command: CommandType) => void;
}>;

/** The acts that the center may record now: the one that is due first. */
export function Acts({ open, byProvider, suggested, choose }: ActsProps) {
  const words = t();
  const own = open.filter(({ command }) => !byProvider.has(command) || command === 'CloseVisit');
  const forProvider = open.filter((line) => !own.includes(line));
  const listed = (lines: readonly OpenAct[]) => (
    <ul class="act-list">
      {lines.map(({ command }) => (
        <li key={command}>
          <button
            type="button"
            id={`act-${command}`}
            class={command === suggested ? 'primary' : ''}
            onClick={() => choose(command)}
          >
            <span>{named(command)}</span> <kbd>{shownKey(letterOf(command))}</kbd>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <section>
      <h2>{words.acts}</h2>
      {listed(own.toSorted((one, other) => Number(other.command === suggested) - Number(one.command === suggested)))}
      {forProvider.length > 0 && (
        <>
          <h3>{words.otherActs}</h3>
          {listed(forProvider)}
        </>
      )}
    </section>
  );
}
