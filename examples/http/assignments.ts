import { assignmentsProjector, catchUp, readAssignments } from 'auxilio/service';
import { type Caller, isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { type Call, json, type Reply } from './call.ts';
import { deviceOf } from './device-routes.ts';
import { Problem, wrong } from './problem.ts';
import type { AssignmentsReply } from './replies.ts';

/** `GET /assignments?after=`: the visits that are or were assigned to the caller, or theirs as a client, and changed after a cursor. */
export async function assignments(app: App, { call, caller }: Asked): Promise<Reply> {
  const { role } = caller.actor;
  if (role === 'contact-center') throw new Problem('not-yours');
  const after = call.query.get('after') ?? '';
  if (after.length > 1024) throw notACursor();
  if (role === 'client') return visitOfClient(app, caller, after);
  await noteContact(app, call, caller);
  await catchUpOnce(app);
  const page = await readAssignments(app.store, caller.actor.id, { after }).catch((error: unknown) => {
    throw error instanceof RangeError ? notACursor() : error;
  });
  const body: AssignmentsReply = { ...page, serverTime: app.now() };
  return json(body);
}

/** A device that asks again so soon is not noted again: it does so every minute. */
const NOTED_MS = 5 * 60_000;

/** Notes that a device was heard of, though it has nothing to send. */
async function noteContact({ devices, now }: App, call: Call, caller: Caller): Promise<void> {
  const name = deviceOf(caller, call);
  if (devices === undefined || name === undefined) return;
  const [at, last] = [now(), await devices.lastContactOf(name)];
  if (last !== null && Date.parse(at) - Date.parse(last) < NOTED_MS) return;
  await devices.contact({ ...name, at });
}

/** The one visit of a client, if it changed since: the cursor is the number of its events, and the id of the last. */
async function visitOfClient({ service, now }: App, { claims }: Caller, after: string): Promise<Reply> {
  if (!/^(?:\d{1,9}(?:~[^\p{Cc}]+)?)?$/u.test(after)) throw notACursor();
  const { visit: visitId } = claims;
  const events = isId(visitId) ? (await service.load(visitId)).events : [];
  const version = events.length;
  const cursor = version === 0 ? '' : `${version}~${events.at(-1)?.metadata?.eventId ?? ''}`;
  const visits = isId(visitId) && cursor !== after ? [{ visitId, version }] : [];
  const body: AssignmentsReply = { visits, cursor, more: false, serverTime: now() };
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
