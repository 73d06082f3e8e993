import type { VisitEvent } from 'auxilio';
import { type TimelineEntry, visitTimeline } from 'auxilio/service';
import { useMemo } from 'preact/hooks';
import { clock, namedEvent, otherDay, policy, t, when } from './app.ts';
import { isSeen } from './contact.tsx';
import { authorOf, detailsOf, recorderOf } from './details.ts';
import { Lanes } from './lanes.tsx';
import type { Log } from './visit-log.ts';

/** The history of a visit: a picture, and the entries of its log, the latest first. */
export function Timeline({ log }: { log: Log }) {
  const words = t();
  const { events, state } = log;
  const timeline = useMemo(() => visitTimeline(events, { policy }), [events]);
  const isOver = state.phase === 'completed' || state.phase === 'closed';
  return (
    <section class="timeline" aria-labelledby="happened">
      <h2 id="happened">{words.happened}</h2>
      <Lanes timeline={timeline} isOver={isOver} />
      <ol>
        {timeline.entries
          .map((entry) => {
            const event = events[entry.index];
            return (
              event && <Entry key={entry.index} entry={entry} event={event} seen={isSeen(log, event, entry.index)} />
            );
          })
          .reverse()}
      </ol>
    </section>
  );
}

type EntryProps = Readonly<{ entry: TimelineEntry; event: VisitEvent; seen: boolean | null }>;

function Entry({ entry: { status, now, reported }, event, seen }: EntryProps) {
  const words = t();
  const who = recorderOf(event);
  const { at } = event.data;
  const isCorrected = now !== null && now !== at;
  return (
    <li class={`${who} ${status}`}>
      <time datetime={now ?? at}>
        {isCorrected && <s>{clock(at)}</s>} {clock(now ?? at)}
        <small class="day">{otherDay(now ?? at)}</small>
      </time>
      <div>
        <b>{namedEvent(event.type)}</b> <small class="by">{authorOf(event)}</small>
        {status !== 'stands' && <small class="chip">{words.statuses(status)}</small>}
        {seen !== null && <small class={seen ? 'chip good' : 'chip'}>{seen ? words.seen : words.notSeen}</small>}
        {detailsOf(event).map(({ label, text }) => (
          <p key={label} class="detail">
            <span>{label.endsWith('?') ? label : `${label}:`}</span> {text}
          </p>
        ))}
        {reported?.map((act, place) => (
          <p key={place} class="detail">
            {act.at !== null && when(act.at)} {act.type !== null && namedEvent(act.type)}{' '}
            <small>{words.fates(act.fate.kind)}</small>
          </p>
        ))}
      </div>
    </li>
  );
}
