import type { VisitEvent } from 'auxilio';
import { type TimelineEntry, visitTimeline } from 'auxilio/service';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { instructionsToRead, type ToRead } from '../../ui/to-read.ts';
import { clock, hour, namedEvent, otherDay, policy, t, when } from './app.ts';
import { isSeen } from './contact.tsx';
import { authorOf, detailsOf, recorderOf } from './details.ts';
import { Lanes } from './lanes.tsx';
import { nameOfProvider, phoneName } from './phone-name.ts';
import { reachOf } from './reads.ts';
import type { Log } from './visit-log.ts';

/** The history of a visit: a picture, and the entries of its log, the latest first. */
export function Timeline({ log }: { log: Log }) {
  const words = t();
  const { events, state } = log;
  const timeline = useMemo(() => visitTimeline(events, { policy }), [events]);
  const toRead = useMemo(() => instructionsToRead(events), [events]);
  const isOver = state.phase === 'completed' || state.phase === 'closed';
  return (
    <section class="timeline" aria-labelledby="happened">
      <h2 id="happened">{words.happened}</h2>
      <Lanes timeline={timeline} isOver={isOver} />
      <ol>
        {timeline.entries
          .map((entry) => {
            const event = events[entry.index];
            if (event === undefined) return null;
            const told = toRead.find(({ position }) => position === entry.index + 1);
            // The next provider has to have what the one before has to read.
            const seen = told?.event.type === 'InstructionGiven' ? null : isSeen(log, event, entry.index);
            const reach = told && <ReachChip visitId={log.visitId} told={told} />;
            return <Entry key={entry.index} entry={entry} event={event} seen={seen} reach={reach} />;
          })
          .reverse()}
      </ol>
    </section>
  );
}

/** The progress of an instruction, and once it is read, its time and phone. */
function ReachChip({ visitId, told }: { visitId: string; told: ToRead }) {
  const reach = reachOf(visitId, told);
  const isRead = reach.state === 'read';
  const name = isRead ? phoneName(reach.read) : nameOfProvider(told.providerId);
  return (
    <small class={isRead ? 'chip good' : 'chip'}>
      {t().reach(reach.state, name, isRead ? hour(reach.read.at) : '')}
    </small>
  );
}

type EntryProps = Readonly<{
  entry: TimelineEntry;
  event: VisitEvent;
  seen: boolean | null;
  reach: ComponentChildren;
}>;

function Entry({ entry: { status, now, reported }, event, seen, reach }: EntryProps) {
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
        {reach}
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
