import type { Id } from 'auxilio';
import { isId } from '../../http/access.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';

/** A telephone number of this host, which no event has; `of`: the provider's id, or the number of the client's case. */
export type Telephone = { readonly of: string; readonly number: string };

/** The numbers of those who are at a visit, null where none is known. */
export type TelephonesReply = { readonly provider: string | null; readonly client: string | null };

/** The keys of the numbers: a provider's by their id, a client's by the number of the case. */
export const telephoneKey = {
  provider: (providerId: Id) => `provider ${providerId}`,
  client: (caseNumber: string) => `case ${caseNumber}`,
} as const;

/** `GET /api/telephones`: those of the providers, by their ids. */
export async function listTelephones({ telephones }: Field): Promise<Response> {
  const all = await telephones.startingWith(telephoneKey.provider(''));
  return jsonReply({ providers: Object.fromEntries(all.map(({ of, number }) => [of, number])) });
}

/** `GET /api/visits/:visitId/telephones`: of its provider and its client. */
export async function showTelephones({ telephones, service }: Field, { param }: FieldAsked): Promise<Response> {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const { state, version } = await service.load(visitId);
  if (version === 0n) throw new Refusal('no-such-path');
  const { provider, caseNumber } = state;
  const numberOf = async (key: string | null) => (key === null ? null : ((await telephones.read(key))?.number ?? null));
  const reply: TelephonesReply = {
    provider: await numberOf(provider === null ? null : telephoneKey.provider(provider.id)),
    client: await numberOf(caseNumber === null ? null : telephoneKey.client(caseNumber)),
  };
  return jsonReply(reply);
}
