import { setImmediate as nextTurn } from 'node:timers/promises';
import { decide, explain, type Policy, replay, type VisitCommand, type VisitEvent } from 'auxilio';
import { parseCommand } from 'auxilio/wire';

/** The record of an accepted command: the command, and its event. */
type Row = { readonly commandId: string | undefined; readonly content: string; readonly event: VisitEvent };

/** The response to the sender of a command. */
export type Answer = { readonly ok: true; readonly repeated: boolean } | { readonly ok: false; readonly why: string };

/** A command handler over a store of its own, which takes one command of a visit at a time. */
export function createHandler(policy?: Policy) {
  const visits = new Map<string, readonly Row[]>();
  const queues = new Map<string, Promise<unknown>>();

  async function carryOut(command: VisitCommand): Promise<Answer> {
    const { visitId } = command.data;
    const rows = visits.get(visitId) ?? [];
    const { commandId, actor } = command.metadata;
    const content = JSON.stringify([command.type, command.data, actor]);
    const earlier = rows.find((row) => commandId !== undefined && row.commandId === commandId);
    if (earlier !== undefined) return repeated(earlier.content === content);
    const decision = decide(command, replay(rows.map(({ event }) => event)), policy);
    if (!decision.ok) return { ok: false, why: explain(decision.rejection, 'es-CR') };
    await nextTurn();
    visits.set(visitId, [...rows, ...decision.events.map((event) => ({ commandId, content, event }))]);
    return { ok: true, repeated: false };
  }

  return {
    /** Handles an untrusted text from the network. Commands for one visit are handled in the order of arrival. */
    handle: async (text: string): Promise<Answer> => {
      const parsed = parseCommand(text);
      if (!parsed.ok) return { ok: false, why: parsed.issues.map(({ code, path }) => `${path}: ${code}`).join() };
      const { visitId } = parsed.value.data;
      const turn = (queues.get(visitId) ?? Promise.resolve()).then(() => carryOut(parsed.value));
      queues.set(
        visitId,
        turn.catch(() => undefined),
      );
      return turn;
    },
    log: async (visitId: string): Promise<readonly VisitEvent[]> =>
      (visits.get(visitId) ?? []).map(({ event }) => event),
  };
}

const repeated = (same: boolean): Answer =>
  same ? { ok: true, repeated: true } : { ok: false, why: 'the id belongs to another command' };
