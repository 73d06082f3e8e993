import type { Instant } from 'auxilio';
import type { Timeline } from 'auxilio/service';
import { isSameDay, lengthOf } from '../../ui/time.ts';
import { clock, now, t, when } from './app.ts';

const bars = ['travel', 'site', 'work', 'materials', 'break', 'away'] as const;
const marks = ['calls', 'instructions', 'taken', 'sent'] as const;

type Span = Readonly<{ from: number; to: number }>;
type Lane = Readonly<{
  name: (typeof bars)[number] | (typeof marks)[number];
  spans: readonly Span[];
  at: readonly number[];
}>;

/** A rest after which the picture begins again: a second visit comes days later. */
const restMs = 6 * 3_600_000;

/** The stretches of time in which something happened. */
function stretchesOf({ entries }: Timeline, last: number): readonly Span[] {
  const recorded = entries.flatMap(({ at, now: stands }) => stands ?? at ?? []).map((at) => Date.parse(at));
  const stretches: Span[] = [];
  for (const time of [...recorded, last].sort((one, other) => one - other)) {
    const current = stretches.at(-1);
    if (current === undefined || time - current.to > restMs) stretches.push({ from: time, to: time });
    else stretches[stretches.length - 1] = { from: current.from, to: time };
  }
  return stretches;
}

function lanesOf({ spans, marks: moments }: Timeline, last: number): readonly Lane[] {
  const parse = (at: Instant | null) => (at === null ? last : Date.parse(at));
  const lasting = bars.map((name) => ({
    name,
    spans: spans[name].map(({ from, to }) => ({ from: parse(from), to: parse(to) })),
    at: [],
  }));
  return [...lasting, ...marks.map((name) => ({ name, spans: [], at: moments[name].map(parse) }))];
}

/** The visit as a picture: what lasted as bars, what happened as marks, a strip for each stretch of time. */
export function Lanes({ timeline, isOver }: { timeline: Timeline; isOver: boolean }) {
  const times = timeline.entries.flatMap(({ at }) => at ?? []).map((at) => Date.parse(at));
  const latest = Math.max(0, ...times);
  // An open visit goes on until now, unless it rests since another day.
  const isToday = now.value - latest < 12 * 3_600_000;
  const last = isOver || !isToday ? latest : Math.max(latest, now.value);
  const lanes = lanesOf(timeline, last);
  return (
    <div class="lanes" aria-hidden="true">
      {stretchesOf(timeline, last).map((stretch) => (
        <Strip key={stretch.from} stretch={stretch} lanes={lanes} />
      ))}
    </div>
  );
}

function Strip({ stretch: { from, to }, lanes }: { stretch: Span; lanes: readonly Lane[] }) {
  const words = t();
  const length = Math.max(1, to - from);
  const percent = (time: number) => ((Math.min(to, Math.max(from, time)) - from) / length) * 100;
  const isIn = (time: number) => time >= from && time <= to;
  const iso = (time: number) => new Date(time).toISOString();
  const shown = lanes
    .map((lane) => ({
      ...lane,
      spans: lane.spans.filter((span) => span.from < to && span.to > from),
      at: lane.at.filter(isIn),
    }))
    .filter(({ spans, at }) => spans.length + at.length > 0);
  if (shown.length === 0) return null;
  return (
    <div class="strip">
      <p class="hours">
        <span>{when(iso(from))}</span>
        <span>{isSameDay(iso(from), iso(to)) ? clock(iso(to)) : when(iso(to))}</span>
      </p>
      {shown.map(({ name, spans, at }) => (
        <div class="lane" key={name}>
          <span>{words.lanes(name)}</span>
          <div class="track">
            {spans.map((span) => (
              <i
                key={span.from}
                class={`bar ${name}`}
                title={`${words.lanes(name)}: ${lengthOf(span.to - span.from)}`}
                style={{ left: `${percent(span.from)}%`, width: `max(3px, ${percent(span.to) - percent(span.from)}%)` }}
              />
            ))}
            {at.map((time) => (
              <i key={time} class={`point ${name}`} title={clock(iso(time))} style={{ left: `${percent(time)}%` }} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
