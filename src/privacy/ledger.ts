import type { RowStore } from './fenced-rows.ts';
import { changeRows, listRows } from './fenced-rows.ts';

/** Rows of the event store that no projection writes: each is changed by one writer at a time. */
export type Ledger<Body extends object> = Readonly<{
  read(key: string): Promise<Body | null>;
  /** Lists all rows, in the order of their keys. */
  list(): Promise<Body[]>;
  /** Changes a row; with null, deletes it. Another writer in between makes it try again. */
  write<Next extends Body | null>(key: string, change: (known: Body | null) => Next): Promise<Next>;
}>;

/** Opens the rows of that name, and the consumer whose revision orders their writes. */
export function createLedger<Body extends object>(store: RowStore, name: string): Ledger<Body> {
  const read = async (key: string) => ((await store.readRow(name, key))?.body as Body | undefined) ?? null;
  return {
    read,
    list: async () => (await listRows(store, name, '')).map(({ body }) => body as Body),
    async write<Next extends Body | null>(key: string, change: (known: Body | null) => Next) {
      let body: Next | undefined;
      await changeRows(store, name, async () => {
        body = change(await read(key));
        return [{ projection: name, key, body }];
      });
      return body as Next;
    },
  };
}
