import { assignmentsProjector, catchUp, readAssignments } from 'auxilio/service';
import type { App, Asked } from './app.ts';
import { json, type Reply } from './call.ts';
import { Problem, wrong } from './problem.ts';
import type { AssignmentsReply } from './replies.ts';

/** `GET /assignments?after=`: the visits that are or were assigned to the caller, and changed after a cursor. */
export async function assignments(app: App, { call, caller }: Asked): Promise<Reply> {
  if (caller.actor.role !== 'provider') throw new Problem('not-yours');
  const after = call.query.get('after') ?? '';
  if (after.length > 1024) throw notACursor();
  await catchUpOnce(app);
  const page = await readAssignments(app.store, caller.actor.id, { after }).catch((error: unknown) => {
    throw error instanceof RangeError ? notACursor() : error;
  });
  const body: AssignmentsReply = { ...page, serverTime: app.now() };
  return json(body);
}

type Runs = { running?: Promise<void> | undefined; next?: Promise<void> | undefined };

const runs = new WeakMap<App, Runs>();

/**
 * Catches up with all that was acknowledged before the call. Callers who come while another catches up share the next run: that
 * one may have read the end already.
 */
function catchUpOnce(app: App): Promise<void> {
  const state = runs.get(app) ?? {};
  runs.set(app, state);
  if (state.running === undefined) return run(app, state);
  const again = () => run(app, state);
  state.next ??= state.running.then(again, again);
  return state.next;
}

function run({ store, codec }: App, state: Runs): Promise<void> {
  state.next = undefined;
  const options = assignmentsProjector(store, codec === undefined ? {} : { codec });
  state.running = catchUp({ ...options, attempts: 1 })
    .then(() => undefined)
    .finally(() => {
      state.running = undefined;
    });
  return state.running;
}

const notACursor = () => wrong('query', 'after', 'not-a-cursor');
