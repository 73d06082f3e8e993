import { assignmentsProjector, catchUp, readAssignments } from 'auxilio/service';
import type { App, Asked } from './app.ts';
import { json, type Reply } from './call.ts';
import { Problem, wrong } from './problem.ts';
import type { AssignmentsReply } from './replies.ts';

/** `GET /assignments?after=`: the visits that are or were assigned to the caller, and changed after a cursor. */
export async function assignments({ store, codec, now }: App, { call, caller }: Asked): Promise<Reply> {
  if (caller.actor.role !== 'provider') throw new Problem('not-yours');
  const after = call.query.get('after') ?? '';
  if (after.length > 1024) throw notACursor();
  // As the board does: of several concurrent readers one makes progress, and the others read what is there.
  await catchUp({ ...assignmentsProjector(store, codec === undefined ? {} : { codec }), attempts: 1 });
  const page = await readAssignments(store, caller.actor.id, { after }).catch((error: unknown) => {
    throw error instanceof RangeError ? notACursor() : error;
  });
  const body: AssignmentsReply = { ...page, serverTime: now() };
  return json(body);
}

const notACursor = () => wrong('query', 'after', 'not-a-cursor');
