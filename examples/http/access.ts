import type { Actor, Id, Role, VisitState } from 'auxilio';
import type { Claims } from './call.ts';

/** The caller: the actor, and all claims of the token. */
export type Caller = Readonly<{ actor: Actor; claims: Claims }>;

/** The access rules of the application. The rules of the protocol judge each command as well. */
export type Access = Readonly<{
  /** The actor of the caller; null without a role. */
  actorOf: (claims: Claims) => Actor | null;
  /** True if the visit concerns the caller. */
  mayEnter: (caller: Caller, visitId: Id) => boolean;
  /** True if the caller may read it. */
  mayRead: (caller: Caller, visitId: Id, state: VisitState) => boolean;
  /**
   * True if the caller may not read it by now, but did: a former provider still hands in what their phone recorded, and sees the
   * events up to their replacement and what became of their own acts.
   */
  mayHandIn: (caller: Caller, visitId: Id, state: VisitState) => boolean;
}>;

/** The pattern of the library's ids. */
export const isId = (text: unknown): text is Id =>
  typeof text === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/.test(text);

const roles: ReadonlyMap<unknown, Role> = new Map([
  ['provider', 'provider'],
  ['operator', 'contact-center'],
  ['client', 'client'],
]);

/** The role from the claim `role`, the id from `sub`. */
function actorOf({ role, sub }: Claims): Actor | null {
  const known = roles.get(role);
  return known !== undefined && isId(sub) ? { role: known, id: sub } : null;
}

/**
 * This host's: the contact center sees every visit, a provider those that are assigned to them now. The protocol does not know
 * a client by an id, so a client's token is valid for the one visit of its claim `visit`.
 */
export const access: Access = {
  actorOf,
  mayEnter: ({ actor, claims }, visitId) => actor.role !== 'client' || claims.visit === visitId,
  mayRead: ({ actor, claims }, visitId, state) => {
    if (actor.role === 'provider') return state.provider?.id === actor.id;
    return actor.role === 'contact-center' || claims.visit === visitId;
  },
  mayHandIn: ({ actor }, _, { formerProviders }) => actor.role === 'provider' && formerProviders.includes(actor.id),
};
