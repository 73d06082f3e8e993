import { isCheckpointConflict } from '../stores/errors.ts';
import type { ConsumerState } from '../stores/event-store.ts';

/** Rows of the event store that no projection writes: each is changed by one writer at a time. */
export type Ledger<Body extends object> = Readonly<{
  read(key: string): Promise<Body | null>;
  /** Lists all rows, in the order of their keys. */
  list(): Promise<Body[]>;
  /** Changes a row; with null, deletes it. Another writer in between makes it try again. */
  write<Next extends Body | null>(key: string, change: (known: Body | null) => Next): Promise<Next>;
}>;

const PAGE = 500;

/** Opens the rows of that name, and the consumer whose revision orders their writes. */
export function createLedger<Body extends object>(store: ConsumerState, name: string): Ledger<Body> {
  const read = async (key: string) => ((await store.readRow(name, key))?.body as Body | undefined) ?? null;
  return {
    read,
    async list() {
      const all: Body[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store.readRows(name, { maxCount: PAGE, ...(after !== undefined && { after }) });
        all.push(...page.map(({ body }) => body as Body));
        after = page.at(-1)?.key;
        if (page.length < PAGE) return all;
      }
    },
    async write(key, change) {
      for (;;) {
        const { revision } = await store.readCheckpoint(name);
        const body = change(await read(key));
        const rows = [{ projection: name, key, body }];
        try {
          await store.commitCheckpoint(name, { expected: revision, cursor: null, rows });
          return body;
        } catch (error) {
          if (!isCheckpointConflict(error)) throw error;
        }
      }
    },
  };
}
