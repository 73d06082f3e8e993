import type { Actor, Id, Role, VisitState } from 'auxilio';
import type { Claims } from './call.ts';

/** Who calls: as whom he acts, and all that his token says. */
export type Caller = Readonly<{ actor: Actor; claims: Claims }>;

/** What a host decides of those who call. The rules of the protocol judge each command besides. */
export type Access = Readonly<{
  /** In which role, and as whom, he acts; null if in none. */
  actorOf: (claims: Claims) => Actor | null;
  /** Whether that visit is his business at all. */
  mayEnter: (caller: Caller, visitId: Id) => boolean;
  /** Whether he may read it. */
  mayRead: (caller: Caller, visitId: Id, state: VisitState) => boolean;
}>;

/** What the library takes as an id. */
export const isId = (text: unknown): text is Id =>
  typeof text === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/.test(text);

const roles: ReadonlyMap<unknown, Role> = new Map([
  ['provider', 'provider'],
  ['operator', 'contact-center'],
  ['client', 'client'],
]);

/** The role from the claim `role`, who he is from `sub`. */
function actorOf({ role, sub }: Claims): Actor | null {
  const known = roles.get(role);
  return known !== undefined && isId(sub) ? { role: known, id: sub } : null;
}

/**
 * This host's: the contact center sees every visit, a provider those that are assigned to him now. The protocol does not know
 * a client by an id, so his token is good for the one visit of its claim `visit`.
 */
export const access: Access = {
  actorOf,
  mayEnter: ({ actor, claims }, visitId) => actor.role !== 'client' || claims.visit === visitId,
  mayRead: ({ actor, claims }, visitId, state) => {
    if (actor.role === 'provider') return state.provider?.id === actor.id;
    return actor.role === 'contact-center' || claims.visit === visitId;
  },
};
