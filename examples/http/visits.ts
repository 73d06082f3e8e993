import { dossier, explain, guide, type Role, roles } from 'auxilio';
import type { LoadedVisit } from 'auxilio/service';
import type { App, Asked } from './app.ts';
import { json, type Reply } from './call.ts';
import { etagOf, isKnown } from './preconditions.ts';
import { Problem, wrong } from './problem.ts';
import type { DossierReply, EventsReply, GuideReply, VisitReply } from './replies.ts';
import { leadFor, loadView, mustContinue } from './views.ts';

/** `GET /visits/:id` */
export async function visitOf(app: App, asked: Asked): Promise<Reply> {
  const { visitId } = asked;
  const { state, version } = await loaded(app, asked);
  const etag = etagOf(version);
  if (isKnown(asked.call, version)) return { status: 304, headers: { etag }, body: null };
  const body: VisitReply = { visitId, version: Number(version), state };
  return json(body, { etag });
}

/** `GET /visits/:id/events`: the log that a phone decides on offline; `?after=17` for what it does not have yet. */
export async function eventsOf(app: App, asked: Asked): Promise<Reply> {
  const { visitId, call } = asked;
  const after = call.query.get('after') ?? '0';
  if (!/^\d{1,9}$/.test(after)) throw wrong('query', 'after', 'not-a-version');
  const view = await loadView(app, asked);
  const { events, own, visit } = view;
  const lastEventId = call.query.get('lastEventId');
  mustContinue(view, lastEventId === null ? undefined : { version: Number(after), lastEventId });
  const lead = await leadFor(app, asked, own === undefined);
  // The acts of a former provider and the device that leads change, the version that they see does not.
  const headers = own === undefined && lead.lead === undefined ? { etag: etagOf(visit.version) } : undefined;
  if (headers !== undefined && isKnown(call, visit.version)) return { status: 304, headers, body: null };
  const body: EventsReply = {
    visitId,
    version: events.length,
    events: events.slice(Number(after)),
    ...(own && { own }),
    ...lead,
    serverTime: app.now(),
  };
  return json(body, headers);
}

/** `GET /visits/:id/guide` for the caller's own role; the contact center may ask for another's, to help on the telephone. */
export async function guideOf(app: App, asked: Asked): Promise<Reply> {
  const { visitId, locale, caller } = asked;
  const role = roleOf(asked);
  const { state, version } = await loaded(app, asked);
  const shown = guide(state, {
    role,
    locale,
    now: app.now(),
    ...(role === caller.actor.role && { actorId: caller.actor.id }),
    ...(app.policy && { policy: app.policy }),
  });
  const closed = shown.closed.map((act) => ({
    ...act,
    violations: act.violations.map((violation) => ({ ...violation, message: explain(violation, locale, role) })),
  }));
  const body: GuideReply = { visitId, version: Number(version), role, guide: { ...shown, closed } };
  return json(body, { 'content-language': locale });
}

/** `GET /visits/:id/dossier` for those who do the work and those who pay for it. */
export async function dossierOf(app: App, asked: Asked): Promise<Reply> {
  const { visitId, caller } = asked;
  if (caller.actor.role === 'client') throw new Problem('not-yours');
  const { events, version } = await loaded(app, asked);
  const body: DossierReply = {
    visitId,
    version: Number(version),
    dossier: dossier(events, { until: app.now(), ...(app.policy && { policy: app.policy }) }),
  };
  return json(body);
}

async function loaded({ service, access }: App, { caller, visitId }: Asked): Promise<LoadedVisit> {
  const visit = await service.load(visitId, { authorize: (state) => access.mayRead(caller, visitId, state) });
  if (visit.version === 0n) throw new Problem('not-assigned');
  return visit;
}

function roleOf({ call, caller }: Asked): Role {
  const own = caller.actor.role;
  const wanted = call.query.get('role') ?? own;
  const role = roles.find((known) => known === wanted);
  if (role === undefined) throw wrong('query', 'role', 'invalid-value', { allowed: roles });
  if (role !== own && own !== 'contact-center') throw new Problem('not-yours');
  return role;
}
