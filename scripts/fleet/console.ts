import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Id, VisitCommand, VisitEvent } from 'auxilio';
import { replay } from 'auxilio';
import type { FieldRow } from '../../examples/field/server/read-models.ts';
import { logIn } from './network.ts';
import type { Answered } from './phone.ts';
import { operatorId } from './settings.ts';

type Change = Readonly<{ visitId: Id; version: number; row: FieldRow | null }>;

/** A simulated console: it keeps a board by its stream, records acts, and settles discrepancies. */
export interface Console {
  /** Records an act of a story: again under the same id until the answer is definite. */
  record(command: VisitCommand): Promise<boolean>;
  /** The board as this console has it. */
  readonly board: ReadonlyMap<Id, FieldRow>;
  /** The number of times that the stream was opened, and that the board was read whole. */
  readonly opened: number;
  readonly read: number;
  end(): Promise<void>;
}

export async function startConsole(
  url: string,
  index: number,
  random: () => number,
  answered: Answered[],
): Promise<Console> {
  const id = operatorId(index);
  const headers = { 'x-field': '1', cookie: await logIn(url, id) };
  const ending = new AbortController();
  const board = new Map<Id, FieldRow>();
  const versions = new Map<Id, number>();
  const settling = new Set<Id>();
  const counts = { opened: 0, read: 0 };

  function take({ visitId, version, row }: Change): void {
    if ((versions.get(visitId) ?? 0) > version) return;
    versions.set(visitId, version);
    if (row === null) board.delete(visitId);
    else board.set(visitId, row);
    const report = row?.debts.find(({ kind }) => kind === 'settle-discrepancy')?.about;
    if (report === undefined || settling.has(`${visitId} ${report}`) || random() > 0.15) return;
    settling.add(`${visitId} ${report}`);
    void settle(visitId, report).catch(() => undefined);
  }

  async function readBoard(): Promise<void> {
    counts.read += 1;
    const response = await fetch(`${url}/api/board?maxCount=10000`, { headers, signal: ending.signal });
    if (!response.ok) throw new Error(`The board: ${response.status}`);
    const { visits } = (await response.json()) as { visits: FieldRow[] };
    board.clear();
    for (const { waits: _, overdue: __, ...row } of visits as (FieldRow & { waits?: unknown; overdue?: unknown })[]) {
      take({ visitId: row.visitId, version: row.version ?? 0, row });
    }
  }

  async function listen(): Promise<void> {
    let lastId: string | null = null;
    while (!ending.signal.aborted) {
      try {
        const more = lastId === null ? {} : { 'last-event-id': lastId };
        const response = await fetch(`${url}/api/stream`, { headers: { ...headers, ...more }, signal: ending.signal });
        counts.opened += 1;
        for await (const { id: eventId, name, data } of eventsOf(response)) {
          lastId = eventId;
          if (name === 'reset' || (name === 'hello' && counts.read === 0)) await readBoard();
          if (name === 'visit') take(JSON.parse(data));
        }
      } catch {
        if (!ending.signal.aborted) await pause(300);
      }
    }
  }

  async function post(visitId: Id, command: object): Promise<boolean> {
    const body = JSON.stringify(command);
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    for (;;) {
      const response = await fetch(`${url}/api/visits/${encodeURIComponent(visitId)}/commands`, init).catch(() => null);
      await response?.arrayBuffer().catch(() => undefined);
      if (response?.ok) return true;
      if (response !== null && response.status < 500 && response.status !== 429) return false;
      await pause(300 + random() * 700);
    }
  }

  async function record({ type, data }: Pick<VisitCommand, 'type' | 'data'>): Promise<boolean> {
    const commandId = `o-${randomUUID()}`;
    const isTaken = await post(data.visitId, { type, data, metadata: { commandId } });
    if (isTaken) answered.push({ commandId, visitId: data.visitId, by: id });
    return isTaken;
  }

  /** Takes all acts of a report, or, where that is refused, none. */
  async function settle(visitId: Id, discrepancyId: Id): Promise<void> {
    await pause(1_000 + random() * 4_000);
    const response = await fetch(`${url}/api/visits/${encodeURIComponent(visitId)}/events`, { headers });
    const { events } = (await response.json()) as { events: VisitEvent[] };
    const acts = replay(events).discrepancies.find((one) => one.discrepancyId === discrepancyId)?.acts ?? [];
    const data = { visitId, at: new Date().toISOString(), discrepancyId, text: 'Revisado con el proveedor.' };
    const all = acts.flatMap(({ taken }, position) => (taken ? [] : position));
    const isTaken = await record({ type: 'SettleDiscrepancy', data: { ...data, taken: all } });
    if (!isTaken) await record({ type: 'SettleDiscrepancy', data: { ...data, taken: [] } });
  }

  const listening = listen();
  return {
    board,
    record,
    get opened() {
      return counts.opened;
    },
    get read() {
      return counts.read;
    },
    async end() {
      ending.abort();
      await listening;
    },
  };
}

async function* eventsOf({ body }: Response): AsyncGenerator<{ id: string; name: string; data: string }> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const),
      );
      text = text.slice(end + 2);
      yield { id: fields.get('id') ?? '', name: fields.get('event') ?? '', data: fields.get('data') ?? '' };
    }
  }
}
