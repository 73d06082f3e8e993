import { namedEvent, t, when } from './app.ts';
import type { Case } from './case.ts';

type DetailProps = Readonly<{
  found: Case;
  marked: ReadonlySet<number>;
  setMarked: (marked: ReadonlySet<number>) => void;
  choose: () => void;
}>;

/** The acts one by one, to take some of them. */
export function Detail({ found: { acts }, marked, setMarked, choose }: DetailProps) {
  const words = t();
  return (
    <details class="detail-acts">
      <summary>{words.detail}</summary>
      <ul>
        {acts.map(({ act, reported }, place) => (
          <li key={`${act.discrepancyId} ${act.position}`}>
            <label class="choice">
              <input
                type="checkbox"
                checked={marked.has(place)}
                onInput={({ currentTarget }) => {
                  const changed = new Set(marked);
                  if (currentTarget.checked) changed.add(place);
                  else changed.delete(place);
                  setMarked(changed);
                  choose();
                }}
              />
              <span>
                {when(act.at)} {namedEvent(act.type)}{' '}
                <small>
                  {words.kinds(act.kind)}
                  {!act.lawfulThen && act.kind === 'root' && ` · ${words.refusedThen}`}
                  {reported.despite !== undefined && ` · ${words.despite(reported.despite.by)}`}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
