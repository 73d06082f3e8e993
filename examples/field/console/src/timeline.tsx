import type { VisitEvent } from 'auxilio';
import { namedEvent, t, when } from './app.ts';
import { isSeen } from './contact.tsx';
import { detailsOf, recorderName, recorderOf } from './details.ts';
import type { Log } from './visit-log.ts';

/** What has happened in a visit, the latest first. */
export function Timeline({ log }: { log: Log }) {
  const words = t();
  const { events } = log;
  return (
    <section class="timeline" aria-labelledby="happened">
      <h2 id="happened">{words.happened}</h2>
      <ol>
        {events
          .map((event, index) => (
            <Entry key={index} event={event} isAnnulled={isAnnulled(events, index)} seen={isSeen(log, event, index)} />
          ))
          .reverse()}
      </ol>
    </section>
  );
}

/** True if a later annulment is of this event. */
function isAnnulled(events: readonly VisitEvent[], index: number): boolean {
  const event = events[index];
  return events.some(
    (later, place) =>
      place > index &&
      later.type === 'ActAnnulled' &&
      later.data.act === event?.type &&
      later.data.recorded === event.data.at,
  );
}

type EntryProps = Readonly<{ event: VisitEvent; isAnnulled: boolean; seen: boolean | null }>;

function Entry({ event, isAnnulled, seen }: EntryProps) {
  const words = t();
  const who = recorderOf(event);
  return (
    <li class={`${who} ${isAnnulled ? 'annulled' : ''}`}>
      <time datetime={event.data.at}>{when(event.data.at)}</time>
      <div>
        <b>{namedEvent(event.type)}</b> <small class="by">{recorderName(who)}</small>
        {isAnnulled && <small class="chip">{words.annulled}</small>}
        {seen !== null && <small class={seen ? 'chip good' : 'chip'}>{seen ? words.seen : words.notSeen}</small>}
        {detailsOf(event).map(({ label, text }) => (
          <p key={label} class="detail">
            <span>{label.endsWith('?') ? label : `${label}:`}</span> {text}
          </p>
        ))}
      </div>
    </li>
  );
}
