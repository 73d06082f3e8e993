/** A long list of which only the rows in sight are drawn. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from './keys.ts';
import { useLeft } from './left.ts';

type RowsProps<T> = Readonly<{
  items: readonly T[];
  keyOf: (item: T) => string;
  hrefOf: (item: T) => string;
  render: (item: T) => ComponentChildren;
  classOf?: (item: T) => string;
  /** The heading over the items of a kind: it stands over the first of them. */
  headingOf?: (item: T) => string;
  /** A link beside the row, such as a call. */
  beside?: (item: T) => ComponentChildren;
  label: string;
}>;

/** A screen on which the parts of a row stand one under the other, as the style sheet has them. */
const narrow = matchMedia('(max-width: 45rem)');
/** A narrow screen with large text, on which each part takes lines of its own. */
const tight = matchMedia('(max-width: 16rem)');

/** Height of a row in pixels at the size of text that the user chose. */
const heightOfRow = () =>
  (tight.matches ? 12 : narrow.matches ? 8.5 : 4.5) *
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

export function Rows<T>({ items, keyOf, hrefOf, render, classOf, headingOf, beside, label }: RowsProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [sight, setSight] = useState(800);
  const [selected, setSelected] = useState<string | null>(null);
  const [left, leave] = useLeft<Readonly<{ key: string; place: number }> | null>(`row of ${label}`, null);
  const [height, setHeight] = useState(heightOfRow);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const watch = new ResizeObserver(() => {
      setSight(current.clientHeight);
      setHeight(heightOfRow());
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, []);

  function select(key: string): void {
    leave({ key, place: items.findIndex((item) => keyOf(item) === key) });
    setSelected(key);
  }
  // A list that was left for one of its rows is gone on with there, or at the row that has its place now.
  useEffect(() => {
    if (left === null || document.activeElement?.matches('body, h1') !== true) return;
    const place = items.findIndex((item) => keyOf(item) === left.key);
    move(place < 0 ? left.place : place);
  }, []);

  const place = selected === null ? -1 : items.findIndex((item) => keyOf(item) === selected);
  function move(to: number): void {
    const within = Math.max(0, Math.min(items.length - 1, to));
    const item = items[within];
    const list = box.current;
    if (item === undefined || list === null) return;
    const at = within * height;
    if (at < list.scrollTop) list.scrollTop = at;
    else if (at + height > list.scrollTop + list.clientHeight) list.scrollTop = at + height - list.clientHeight;
    setTop(list.scrollTop);
    select(keyOf(item));
  }
  useLayoutEffect(() => {
    if (selected === null) return;
    box.current?.querySelector<HTMLElement>(`a[data-key="${CSS.escape(selected)}"]`)?.focus({ preventScroll: true });
  }, [selected]);
  const current = items[place];
  useKeys({
    // The link takes the key itself once it has the focus.
    Enter: current === undefined ? undefined : () => location.assign(hrefOf(current)),
    j: () => move(place + 1),
    ArrowDown: () => move(place + 1),
    k: () => move(place - 1),
    ArrowUp: () => move(place - 1),
    l: () => box.current?.querySelector<HTMLElement>('li:has(a[data-key]:focus) .call')?.click(),
    Home: () => move(0),
    End: () => move(items.length - 1),
  });

  const from = Math.max(0, Math.floor(top / height) - 6);
  const shown = items.slice(from, from + Math.ceil(sight / height) + 12);
  return (
    <div class="rows" ref={box} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
      <ul aria-label={label} style={{ height: `${items.length * height}px` }}>
        {shown.map((item, nth) => {
          const key = keyOf(item);
          const above = items[from + nth - 1];
          const heading = headingOf?.(item);
          return (
            <li
              key={key}
              aria-setsize={items.length}
              aria-posinset={from + nth + 1}
              style={{ top: `${(from + nth) * height}px`, height: `${height}px` }}
            >
              {heading !== undefined && (above === undefined || headingOf?.(above) !== heading) && (
                <h2 class="heading">{heading}</h2>
              )}
              <a href={hrefOf(item)} data-key={key} class={classOf?.(item) ?? ''} onFocus={() => select(key)}>
                {render(item)}
              </a>
              {beside?.(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
