import { useEffect, useRef, useState } from 'preact/hooks';
import { type Milestone, milestones, places } from './milestones.ts';
import { goTo, here, open, steps } from './state.ts';
import { nameOfMilestone, t } from './words.ts';

/** The height of a row, in pixels; a column is a third of the width. */
const rowHeight = 60;
const columns = 3;
const rows = Math.max(...milestones.map((one) => places[one][1])) + 1;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest milestone in a direction. */
function neighbour(from: Milestone, [dx, dy]: readonly [number, number]): Milestone {
  const [column, row] = places[from];
  const ahead = milestones
    .map((one) => {
      const [x, y] = [places[one][0] - column, places[one][1] - row];
      return { one, along: x * dx + y * dy, aside: Math.abs(x * dy) + Math.abs(y * dx) };
    })
    .filter(({ along }) => along > 0)
    .sort((one, other) => one.aside * 4 + one.along - (other.aside * 4 + other.along));
  return ahead[0]?.one ?? from;
}

/** The milestones in their places: the plain way goes down the left, what holds it up stands beside. */
export function Milestones() {
  const element = useRef<HTMLFieldSetElement>(null);
  const [width, setWidth] = useState(0);
  const [focused, setFocused] = useState<Milestone>(here.value);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => setFocused(here.value), [here.value]);

  const reachable = new Set(open.value.map(({ to }) => to));
  const passed = new Set(steps.value.map(({ to }) => to));
  const move = (event: KeyboardEvent) => {
    const direction = arrows[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const next = neighbour(focused, direction);
    setFocused(next);
    element.current?.querySelector<HTMLElement>(`[data-milestone="${next}"]`)?.focus();
  };
  return (
    <fieldset class="map" ref={element} onKeyDown={move}>
      <legend class="hidden">{t().map}</legend>
      <Lines width={width} reachable={reachable} />
      {milestones.map((one) => (
        <button
          key={one}
          type="button"
          data-milestone={one}
          class={`milestone ${one === here.value ? 'here' : reachable.has(one) ? 'next' : passed.has(one) ? 'passed' : ''}`}
          style={{ gridColumn: places[one][0] + 1, gridRow: places[one][1] + 1 }}
          aria-current={one === here.value ? 'step' : undefined}
          tabIndex={one === focused ? 0 : -1}
          onFocus={() => setFocused(one)}
          onClick={() => goTo(one)}
        >
          {nameOfMilestone(one)}
        </button>
      ))}
    </fieldset>
  );
}

const plainWay = milestones.filter((one) => places[one][0] === 0);

type LinesProps = Readonly<{ width: number; reachable: ReadonlySet<Milestone> }>;

/** The plain way, and the ways of one act that lead on from here. */
function Lines({ width, reachable }: LinesProps) {
  const at = (one: Milestone) => ({
    x: ((places[one][0] + 0.5) * width) / columns,
    y: (places[one][1] + 0.5) * rowHeight,
  });
  const line = (from: Milestone, to: Milestone, kind: string) => {
    const [start, end] = [at(from), at(to)];
    // Ways along a column bend aside, so that they do not run below the milestones between.
    const bend = start.x === end.x && Math.abs(start.y - end.y) > rowHeight ? width / columns / 2 : 0;
    const middle = `${(start.x + end.x) / 2 + bend * 1.6} ${(start.y + end.y) / 2}`;
    return <path key={`${kind} ${to}`} class={kind} d={`M${start.x} ${start.y}Q${middle} ${end.x} ${end.y}`} />;
  };
  return (
    <svg class="lines" width={width} height={rows * rowHeight} aria-hidden="true">
      {plainWay.slice(1).map((one, index) => line(plainWay[index] as Milestone, one, 'plain-way'))}
      {[...reachable].filter((one) => one !== here.value).map((one) => line(here.value, one, 'way-on'))}
    </svg>
  );
}
