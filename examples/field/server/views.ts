import type { Id } from 'auxilio';
import type { ProviderView } from 'auxilio/service';
import { Problem } from '../../http/problem.ts';
import { maySync, viewOf } from '../../http/views.ts';
import { access } from './access.ts';
import type { Field, FieldAsked } from './field.ts';
import { callerOf } from './session-routes.ts';

/** Loads the events of a visit that the caller may see. */
export async function viewFor({ service }: Field, asked: FieldAsked, visitId: Id): Promise<ProviderView> {
  const caller = callerOf(asked);
  const visit = await service.load(visitId, { authorize: maySync(access, caller, visitId) });
  if (visit.version === 0n) throw new Problem('not-assigned');
  return viewOf(access, caller, visitId, visit);
}
