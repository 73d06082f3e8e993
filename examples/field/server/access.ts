import type { Actor, Role, VisitState } from 'auxilio';
import { type Access, isId } from '../../http/access.ts';
import type { Claims } from '../../http/call.ts';
import type { FieldRole } from './users.ts';

/** The roles of the log by those of this host's people. A client has none: their page has routes of its own. */
const roles: ReadonlyMap<unknown, Role> = new Map<FieldRole, Role>([
  ['provider', 'provider'],
  ['operator', 'contact-center'],
  ['supervisor', 'contact-center'],
  ['payer', 'contact-center'],
]);

/**
 * The access of this host to visits: a provider's are those assigned to them now; of former ones they see what
 * `providerView` selects. All others read every visit. Who may use which route stands in `routes.ts`: a payer has no route
 * by which anything is recorded.
 */
export const access: Access = {
  actorOf: ({ role, sub }: Claims): Actor | null => {
    const known = roles.get(role);
    return known !== undefined && isId(sub) ? { role: known, id: sub } : null;
  },
  mayEnter: () => true,
  mayRead: ({ actor }, _, { provider }: VisitState) => actor.role !== 'provider' || provider?.id === actor.id,
  mayHandIn: ({ actor }, _, { formerProviders }) => actor.role === 'provider' && formerProviders.includes(actor.id),
};
