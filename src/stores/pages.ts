/** Long reads of a storage that holds the event loop while it reads: in pages, between which other tasks run. */
import { yieldIfDue } from '../util/slices.ts';
import type { Selection, StorageAdapter } from './create-event-store.ts';
import type { Bounds, Head } from './event-record.ts';
import type { FeedEvent, StoredEvent } from './event-store.ts';

/** The events of the first page, as many as all but a few visits have, and the most of any other. */
const FIRST_PAGE = 100;
const LONGEST_PAGE = 1000;

/** The characters of a page, estimated from the page before it. */
const PAGE_CHARACTERS = 500_000;

/** Makes the long reads of events in pages. Events never change, so the pages are as one read when the first was made. */
export function withPagedReads(storage: StorageAdapter): StorageAdapter {
  async function select(streamName: string, bounds: Bounds): Promise<Selection> {
    let head: Head | undefined;
    const rows = await readInPages<StoredEvent>(Number(bounds.maxCount), async (count, last) => {
      const page = await storage.select(streamName, { ...boundsAfter(last, bounds, head), maxCount: BigInt(count) });
      head ??= page.head;
      return page.rows;
    });
    return { head: head as Head, rows };
  }

  const feed: StorageAdapter['feed'] = (bounds) =>
    readInPages<FeedEvent>(bounds.maxCount, async (count, last) =>
      storage.feed({ ...bounds, after: last?.cursor ?? bounds.after, maxCount: count }),
    );

  return { ...storage, select, feed };
}

/** The bounds of what follows an event, up to the version that the stream had at first. */
function boundsAfter(last: StoredEvent | undefined, bounds: Bounds, head: Head | undefined): Bounds {
  if (last === undefined || head === undefined) return bounds;
  if (bounds.backwards) return { ...bounds, to: last.streamPosition - 1n };
  const { version } = head;
  return { ...bounds, from: last.streamPosition + 1n, ...(version < bounds.to && { to: version }) };
}

async function readInPages<Event extends StoredEvent>(
  wanted: number,
  read: (count: number, last: Event | undefined) => Promise<readonly Event[]>,
): Promise<readonly Event[]> {
  let page = await read(Math.min(wanted, FIRST_PAGE), undefined);
  if (page.length < FIRST_PAGE || wanted === FIRST_PAGE) return page;
  const all = [...page];
  for (let isLast = false; !isLast && all.length < wanted; ) {
    await yieldIfDue();
    const count = Math.min(wanted - all.length, lengthAfter(page));
    page = await read(count, all.at(-1));
    all.push(...page);
    isLast = page.length < count;
  }
  return all;
}

/** The number of events of a page after one with so many characters. */
function lengthAfter(page: readonly StoredEvent[]): number {
  const characters = page.reduce((sum, { text }) => sum + text.length, 0);
  return Math.min(LONGEST_PAGE, Math.max(1, Math.floor((page.length * PAGE_CHARACTERS) / characters)));
}
