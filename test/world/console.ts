/** The screen of an operator: it sends commands until they are answered, follows the global stream, reads rows, and settles discrepancies. */
import type { Id, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { discrepancies } from '../../src/reconciling/index.ts';
import { actors, minute } from '../../src/testing.ts';
import { nameEvents } from './ledger.ts';
import type { Network } from './network.ts';
import type { WorldNode } from './scheduler.ts';
import { consoleApi, type Server } from './server.ts';
import { assignmentOf, centerActs, closingOf, eventId, VISITS, withId } from './visits.ts';
import type { World } from './world.ts';

type Settle = Extract<VisitCommand, { type: 'SettleDiscrepancy' }>;

/** The parts of a console that a planted error replaces. */
export type PlantedConsole = Partial<{ retryId: (id: Id, tries: number) => Id }>;

const RETRY_MS = 5_000;

const isCancel = ({ type, data }: VisitCommand) => type === 'GiveInstruction' && data.decision === 'cancel';

export function createConsole(world: World, network: Network<Server>, node: WorldNode, planted: PlantedConsole = {}) {
  const { tape, scheduler, tell, reach, ledger } = world;
  let cursor: string | null = null;
  let reloads = 0;
  let count = 0;
  const waiting = new Set<Id>();

  /** Sends a command until a server answers it, always under its id. */
  async function send(given: VisitCommand, what: string): Promise<void> {
    count += 1;
    const id = `${node.name}:${count}`;
    ledger.commands.set(id, { who: node.name, type: given.type, fate: 'sent' });
    waiting.add(id);
    tell(node.name, `${what} (${id})`);
    for (let tries = 0; ; tries += 1) {
      const sent = withId(given, planted.retryId?.(id, tries) ?? id);
      try {
        const answer = await network.call(given.type, (server) =>
          given.type === 'SettleDiscrepancy'
            ? consoleApi.settle(server, sent as Settle)
            : consoleApi.handle(server, sent),
        );
        const known = ledger.commands.get(id);
        if (known !== undefined) known.fate = answer.ok ? 'accepted' : 'refused';
        const word = answer.ok ? (answer.repeated ? 'repeated' : 'accepted') : 'refused';
        if (word === 'repeated') reach('a repeat is answered as the first time');
        if (word === 'refused') reach('a command of the center that is refused');
        if (word === 'refused' && given.type === 'SettleDiscrepancy')
          reach('a discrepancy that another operator settled first');
        hear(`${given.type} ${id} is ${word}`, answer.ok ? answer.events : []);
        break;
      } catch (error) {
        tell(node.name, `has no answer to ${id}: ${(error as Error).message}`);
        if ((error as { code?: string }).code === 'append-in-doubt') reach('an append in doubt that is sent again');
        await scheduler.sleep(RETRY_MS);
      }
    }
    waiting.delete(id);
  }

  /** Notes what was told, and the events that it rests on. */
  function hear(what: string, events: readonly VisitEvent[]): void {
    nameEvents(ledger, events);
    ledger.told.push({ at: scheduler.now(), who: node.name, what, events: events.map(eventId) });
    tell(node.name, `is told: ${what}`);
  }

  /** Reads what is new in the global stream. */
  async function follow(): Promise<void> {
    const before = reloads;
    const page = await network.call('feed', (server) => consoleApi.feed(server, cursor));
    // What was asked for before a reload is of the screen that is gone.
    if (before !== reloads) return;
    const ids = page.map(({ messageId }) => messageId);
    if (ids.length === 0) return;
    ledger.seen.set(node.name, [...(ledger.seen.get(node.name) ?? []), ...ids]);
    const events = page.map(({ text }): VisitEvent => JSON.parse(text));
    hear(`the global stream goes on with ${nameEvents(ledger, events)}`, events);
    cursor = page.at(-1)?.cursor ?? cursor;
  }

  /** Settles one discrepancy, as far as it is read: another operator may do the same. */
  async function settle(visitId: Id): Promise<void> {
    const { events } = await network.call('load', (server) => consoleApi.load(server, visitId));
    hear(`${visitId} has ${events.length} events`, events);
    if (events.length === 0) return;
    const { acts } = discrepancies(events);
    const [first] = acts;
    if (first === undefined) return;
    const { discrepancyId } = first;
    const own = acts.filter((one) => one.discrepancyId === discrepancyId && one.kind !== 'twin');
    const taken = tape.choose('taken', node.name, 2, 0.5) === 0 ? [] : own.map(({ position }) => position);
    const data = { visitId, at: minute(50), discrepancyId, taken, text: 'Según la llamada' };
    await send(
      { type: 'SettleDiscrepancy', data, metadata: { actor: actors.operator } } as Settle,
      `settles ${discrepancyId}`,
    );
  }

  async function turn(): Promise<void> {
    const what = tape.choose('operator', node.name, 5, 0.35);
    if (what === 0) return;
    const visitId = VISITS[tape.choose('visit', node.name, VISITS.length, 0.4)] as Id;
    const acts = centerActs(visitId);
    if (what === 1) return settle(visitId).catch(orUnanswered);
    if (what === 2) return readRows().catch(orUnanswered);
    const given = acts[tape.choose('center', node.name, acts.length, 0.85)] as VisitCommand;
    await send(given, `sends ${given.type} of ${visitId}`);
    if (!isCancel(given) || tape.choose('close', node.name, 2, 0.7) === 0) return;
    await send(closingOf(visitId), `closes ${visitId}`);
  }

  async function readRows(): Promise<void> {
    const rows = await network.call('rows', (server) => consoleApi.rows(server));
    hear(`the board has ${rows.length} rows`, []);
  }

  return {
    turn,
    follow,
    isWaiting: () => waiting.size > 0,
    assign: (visitId: Id) => send(assignmentOf(visitId), `assigns ${visitId}`),
    /** Reads the screen again, as an operator does when told that the server was restored. */
    reload() {
      reloads += 1;
      cursor = null;
      ledger.seen.delete(node.name);
    },
  };
}

/** A read that was not answered is asked for again by a person, if at all. */
function orUnanswered(error: unknown): void {
  if (!(error instanceof Error)) throw error;
}
