import { reportContext } from './report.ts';
import { before, state } from './table.ts';
import { t } from './words.ts';

/** The state as JSON, folded; what the last act changed is marked and unfolded. */
export function StateTree() {
  const texts = t();
  const { labels } = reportContext().words;
  return (
    <>
      <p class="hint">{texts.legend}</p>
      <ul class="tree" aria-label={labels.phase}>
        {entriesOf(state.value).map(([name, value]) => (
          <Node key={name} name={name} value={value} old={valueIn(before.value, name)} />
        ))}
      </ul>
    </>
  );
}

type NodeProps = Readonly<{ name: string; value: unknown; old: unknown }>;

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;
const entriesOf = (value: object): readonly (readonly [string, unknown])[] => Object.entries(value);
const valueIn = (value: unknown, name: string): unknown =>
  isBranch(value) && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (isBranch(one) && isBranch(other) && JSON.stringify(one) === JSON.stringify(other));

function Node({ name, value, old }: NodeProps) {
  const texts = t();
  const isChanged = !isSame(value, old);
  if (!isBranch(value) || entriesOf(value).length === 0) {
    return (
      <li class={isChanged ? 'changed' : undefined}>
        <span class="key">{name}</span> {isChanged ? <mark>{brief(value)}</mark> : <span>{brief(value)}</span>}
        {isChanged && (
          <small>
            {' '}
            {texts.was}: {isBranch(old) ? '…' : brief(old)}
          </small>
        )}
      </li>
    );
  }
  const size = Array.isArray(value) ? `[${value.length}]` : `{${entriesOf(value).length}}`;
  return (
    <li>
      {/* A part that changed is shown; one that a person folds again stays so until the next change. */}
      <details key={String(isChanged)} open={isChanged}>
        <summary>
          <span class="key">{name}</span> <small>{size}</small>
          {isChanged && <mark class="flag">{texts.changed}</mark>}
        </summary>
        <ul>
          {entriesOf(value).map(([inner, part]) => (
            <Node key={inner} name={inner} value={part} old={valueIn(old, inner)} />
          ))}
        </ul>
      </details>
    </li>
  );
}

const brief = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value));
