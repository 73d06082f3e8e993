import { useState } from 'preact/hooks';
import { clock, hour, namedEvent, otherDay, t } from './app.ts';
import type { Case, CaseAct, Moment } from './case.ts';
import { lineOf } from './details.ts';

/** Two columns on one clock: what the center recorded, and what the provider did. What the other did not see is marked. */
export function CaseClock({ found }: { found: Case }) {
  const { moments, name, acts, shared } = found;
  const words = t();
  const [showsAll, setShowsAll] = useState(false);
  const folded = acts.filter(({ act }) => act.kind === 'consequence').length;
  const shown = showsAll
    ? moments
    : moments.filter((moment) => !('one' in moment) || moment.one.act.kind !== 'consequence');
  return (
    <section>
      <table class="clock">
        <caption>{words.bothSaw(shared)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.hour}</th>
            <th scope="col">{words.byCenter}</th>
            <th scope="col">
              {name}
              <small class="learnt">{learntAt(acts)}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((moment, place) => (
            <tr key={place}>
              <th scope="row">
                <time datetime={moment.at}>
                  {clock(moment.at)}
                  <small class="day">{otherDay(moment.at)}</small>
                </time>
              </th>
              <td class={moment.side === 'center' ? 'center' : ''}>
                {moment.side === 'center' && <Cell moment={moment} />}
              </td>
              <td class={moment.side === 'provider' ? 'provider' : ''}>
                {moment.side === 'provider' && ('one' in moment ? <Act moment={moment} /> : <Cell moment={moment} />)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {folded > 0 && (
        <button type="button" class="plain dark" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? words.foldThem : words.dependents(folded)}
        </button>
      )}
    </section>
  );
}

/** The time since which the center knows of all acts; nothing for a log that does not say. */
export function learntAt(acts: readonly CaseAct[]): string {
  const received = acts.flatMap(({ receivedAt }) => receivedAt ?? []).sort();
  return received.length < acts.length ? '' : t().weDidNotSee(hour(received.at(-1) ?? ''));
}

/**
 * Says what the recorder of the acts had not seen: of an act how many events that had happened by then; of an event of the center when it
 * was read, or how far it had come.
 */
export function unseenText(moment: Moment): string {
  const words = t();
  if ('one' in moment) return moment.one.missed === 0 ? '' : words.withoutSeeing(moment.one.missed);
  const { reading, isUnseen, side } = moment;
  if (side !== 'center') return '';
  if (reading?.read !== undefined) return words.theyReadAt(hour(reading.read.at));
  if (!isUnseen) return '';
  if (reading === null) return words.notWithThem;
  return reading.isHeld ? words.heldUnread : words.theyDidNotSee;
}

function Chip({ moment }: { moment: Moment }) {
  const text = unseenText(moment);
  return text === '' ? null : <small class="chip">{text}</small>;
}

function Cell({ moment }: { moment: Exclude<Moment, { one: CaseAct }> }) {
  const words = t();
  const { event, other } = moment;
  const told = lineOf(event);
  return (
    <>
      <b>{namedEvent(event.type)}</b>{' '}
      {other !== null && <small class="chip">{other.role === 'client' ? words.byClient : other.name}</small>}
      {told !== '' && <p class="detail">{told}</p>}
      <Chip moment={moment} />
    </>
  );
}

function Act({ moment }: { moment: Extract<Moment, { one: CaseAct }> }) {
  const words = t();
  const { act, reported } = moment.one;
  const told = lineOf({ type: act.type, data: reported.data } as Parameters<typeof lineOf>[0]);
  return (
    <>
      <b>{namedEvent(act.type)}</b> {act.kind === 'twin' && <small>{words.kinds('twin')}</small>}
      {told !== '' && <p class="detail">{told}</p>}
      {act.despite !== undefined && (
        <p class="despite">
          {words.despite(act.despite.by)}: {act.despite.reason}
        </p>
      )}
      <Chip moment={moment} />
    </>
  );
}
