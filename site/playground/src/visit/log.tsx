import { type Actor, roleName, type VisitEvent } from 'auxilio';
import { useEffect, useRef } from 'preact/hooks';
import { timeOfDay } from '../../../../examples/field/ui/time.ts';
import { describeFields } from '../../../../src/report/visit/plain-text.ts';
import { language } from '../language.ts';
import { eventName, reportContext } from './report.ts';
import type { Log } from './table.ts';
import { t } from './words.ts';

type LogProps = Readonly<{
  log: Log;
  /** How many of the acts have happened. */
  seen: number;
  /** Goes to the moment after so many acts, where one may. */
  goTo?: (count: number) => void;
}>;

/** The acts in order; each opens its data and its JSON. */
export function LogRows({ log, seen, goTo }: LogProps) {
  const texts = t();
  const last = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const row = last.current;
    const list = row?.parentElement;
    if (row && list && list.scrollHeight > list.clientHeight) list.scrollTop = row.offsetTop - list.clientHeight / 2;
  }, [seen, log]);
  if (log.length === 0) return <p class="hint">{texts.logEmpty}</p>;
  return (
    <ol class="log">
      {log.map((event, index) => (
        <li
          // Logs are only added to, or replaced.
          key={`${index} ${event.type} ${event.data.at}`}
          ref={index === seen - 1 ? last : null}
          class={index >= seen ? 'later' : index === seen - 1 ? 'last' : ''}
          aria-current={index === seen - 1 ? 'step' : undefined}
        >
          <Row event={event} index={index} goTo={index === seen - 1 ? undefined : goTo} />
        </li>
      ))}
    </ol>
  );
}

type RowProps = Readonly<{ event: VisitEvent; index: number; goTo: LogProps['goTo'] | undefined }>;

function Row({ event, index, goTo }: RowProps) {
  const texts = t();
  const { at, by, recordedBy } = event.data as Readonly<{ at: string; by?: Actor; recordedBy?: Actor }>;
  return (
    <details>
      <summary>
        <span class="number">{index + 1}</span>
        <time dateTime={at}>{timeIn(at)}</time>
        <b>{eventName(event.type)}</b>
        <small>{by && who(by)}</small>
      </summary>
      <dl class="fields">
        {recordedBy && (
          <div>
            <dt>{texts.recordedBy(who(recordedBy))}</dt>
          </div>
        )}
        {describeFields(event, reportContext()).map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <details class="json">
        <summary>{texts.json}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
      </details>
      {goTo !== undefined && (
        <button type="button" class="quiet-button" onClick={() => goTo(index + 1)}>
          {texts.goHere}
        </button>
      )}
    </details>
  );
}

const timeIn = (at: string): string => (Number.isNaN(Date.parse(at)) ? '—' : timeOfDay(at, language.value));

const who = ({ role }: Actor): string => roleName(role, language.value);
