import { commands, decide, evolve, explain, initialState, replay, type VisitCommand, type VisitEvent } from 'auxilio';
import { actors, coreLaws, explore, given, handlerLaws, simulate, visitAt } from 'auxilio/testing';
import { parseCommand } from 'auxilio/wire';

/** The results of the library, computed in a browser and in Node.js, and compared. */
export async function answers() {
  return {
    plain: plainVisit(),
    read: read(),
    specified: messageOf(specify),
    laws: coreLaws().map(({ name, run }) => [name, messageOf(() => run({ numRuns: 10, seed: 1 }))]),
    planted: messageOf(forgetTheTools),
    handled: await Promise.all(handlerLaws({ open }).slice(0, 2).map(outcome)),
    simulated: [...simulate({ visits: 50 })],
    explored: await explore({ limit: 3_000 }),
  };
}

function plainVisit() {
  let state = initialState();
  const events: VisitEvent[] = [];
  for (const command of visitAt('completed').commands) {
    const decision = decide(command, state);
    if (!decision.ok) throw new Error(explain(decision.rejection, 'en'));
    events.push(...decision.events);
    state = decision.events.reduce(evolve, state);
  }
  const again = decide(
    commands.startWork({ visitId: 'visit-1', at: '2026-03-17T20:00:00.000Z' }, actors.provider),
    state,
  );
  return { events, state, replayed: replay(events), why: again.ok ? '' : explain(again.rejection, 'es-CR') };
}

/** Commands as texts, often enough that their validators are compiled where that may be; how many came back; bad ones. */
function read() {
  const bad = ['', '{"type":"StartWork","data":{"visitId":"v-1","at":"2026-02-30T00:00:00Z"}}', '{"__proto__":1}'];
  const texts = [...simulate({ visits: 100 })].flatMap((visit) => visit.commands.map((it) => JSON.stringify(it)));
  const parsed = texts.map(parseCommand);
  const same = parsed.filter((it, index) => it.ok && JSON.stringify(it.value) === texts[index]);
  return { texts: texts.length, same: same.length, bad: bad.map(parseCommand) };
}

/** Expects one rule of four. */
function specify(): void {
  const { visitId, next, events } = visitAt('explained');
  given(events)
    .when(commands.startWork({ visitId, at: next }, actors.provider))
    .rejects({ rule: 'tools-shown' });
}

/** The laws on a decider that never asks for the tools: one of them fails, and tells the shortest history. */
function forgetTheTools(): void {
  const policy = { id: 'faulty', waive: [{ rule: 'tools-shown', reason: 'forgotten' }] } as const;
  const faulty = { decide: (...[command, state]: Parameters<typeof decide>) => decide(command, state, policy) };
  for (const { run } of coreLaws({ ...faulty, evolve, initialState })) run({ numRuns: 50, seed: 1 });
}

/** A handler over an array, of which the laws of what is accepted and written hold. */
async function open() {
  const written: VisitEvent[] = [];
  const log = async (visitId: string) => written.filter(({ data }) => data.visitId === visitId);
  const handle = async (command: VisitCommand) => {
    const decision = decide(command, replay(await log(command.data.visitId)));
    if (decision.ok) written.push(...decision.events);
    return { ok: decision.ok };
  };
  return { handle, log };
}

const outcome = (law: ReturnType<typeof handlerLaws>[number]): Promise<string> =>
  law.run({ numRuns: 5, seed: 1 }).then(
    () => `holds: ${law.name}`,
    (error: Error) => error.message,
  );

function messageOf(run: () => void): string {
  try {
    run();
    return 'holds';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
