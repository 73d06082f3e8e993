import type { Actor, VisitState } from 'auxilio';
import { type Access, isId } from '../../http/access.ts';
import type { Claims } from '../../http/call.ts';

/**
 * The access of this host to visits: a provider's are those assigned to them now; of former ones they see what
 * `providerView` selects. All others read every visit. Who may use which route stands in `routes.ts`: a payer has no route
 * by which anything is recorded.
 */
export const access: Access = {
  actorOf: ({ role, sub }: Claims): Actor | null => {
    if (!isId(sub)) return null;
    return { role: role === 'provider' ? 'provider' : 'contact-center', id: sub };
  },
  mayEnter: () => true,
  mayRead: ({ actor }, _, { provider }: VisitState) => actor.role !== 'provider' || provider?.id === actor.id,
  mayHandIn: ({ actor }, _, { formerProviders }) => actor.role === 'provider' && formerProviders.includes(actor.id),
};
