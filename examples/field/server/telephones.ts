import type { Id, VisitState } from 'auxilio';
import { isId } from '../../http/access.ts';
import { bodyOf } from './body.ts';
import { dialled } from './dialled.ts';
import { isErased } from './erasures.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';

/** A telephone number of this host, which no event has; `of`: the provider's id, or the number of the client's case. */
export type Telephone = { readonly of: string; readonly number: string };

/** The numbers of those who are at a visit, null where none is known. */
export type TelephonesReply = { readonly provider: string | null; readonly client: string | null };

/** The numbers of the clients at the open visits of a provider, of those whose number is known. */
export type ClientNumbersReply = { readonly clients: readonly { readonly visitId: Id; readonly number: string }[] };

/** The keys of the numbers: a provider's by their id, a client's by the number of the case. */
export const telephoneKey = {
  provider: (providerId: Id) => `provider ${providerId}`,
  client: (caseNumber: string) => `case ${caseNumber}`,
} as const;

/** The cases whose numbers are kept for the client of a visit. */
export type ClientCases = { readonly caseNumbers: readonly string[] };

/** Notes that an erasure of the visit's client reaches the number of the case. */
export async function noteCase({ clientCases }: Pick<Field, 'clientCases'>, visitId: Id, caseNumber: string) {
  await clientCases.change(visitId, (row) =>
    row?.caseNumbers.includes(caseNumber) ? undefined : { caseNumbers: [...(row?.caseNumbers ?? []), caseNumber] },
  );
}

/** Keeps the number of a visit's client, until the client is erased. */
export async function keepClientNumber(
  field: Pick<Field, 'clientCases' | 'telephones'>,
  visitId: Id,
  of: string,
  number: string,
): Promise<void> {
  await noteCase(field, visitId, of);
  await field.telephones.change(telephoneKey.client(of), () => ({ of, number }));
}

/** Forgets the numbers of erased clients; that of a case with another visit stays, and goes with that one. */
export async function forgetClientNumbers(field: Field, erased: ReadonlySet<Id>): Promise<void> {
  const { privacy, clientCases, telephones } = field;
  for (const visitId of erased) {
    for (const caseNumber of (await clientCases.read(visitId))?.caseNumbers ?? []) {
      const others = (await privacy.visitsOf(caseNumber)).filter((one) => !erased.has(one.visitId));
      for (const other of others) await noteCase(field, other.visitId, caseNumber);
      if (others.length === 0) await telephones.change(telephoneKey.client(caseNumber), () => null);
    }
    await clientCases.change(visitId, () => null);
  }
}

/** A provider of this host, to whom a visit can be assigned; the number is null where none is known. */
export type FieldProvider = { readonly id: Id; readonly name: string; readonly number: string | null };

/** `GET /api/providers`: all of them by their names, with a visit or without. */
export async function listProviders({ users, telephones }: Field): Promise<Response> {
  const known = await telephones.startingWith(telephoneKey.provider(''));
  const numbers = new Map(known.map(({ of, number }) => [of, number]));
  const providers = (await users.all())
    .filter(({ role }) => role === 'provider')
    .map(({ actorId: id, name }): FieldProvider => ({ id, name, number: numbers.get(id) ?? null }));
  return jsonReply({ providers: providers.sort((one, other) => one.name.localeCompare(other.name, 'es')) });
}

/** Those whose number it is: ids of providers, and case numbers of clients. */
export const calledBy = async ({ telephones }: Field, digits: string): Promise<readonly string[]> =>
  (await telephones.all()).filter(({ number }) => dialled(number) === digits).map(({ of }) => of);

/** `GET /api/telephones`: of the clients to whom a provider is to go, so that their phone calls them. */
export async function listClientNumbers({ models, telephones }: Field, { session }: FieldAsked): Promise<Response> {
  const { actorId } = mustBeIn(session);
  const own = (await models.board()).filter(({ provider }) => provider?.id === actorId);
  const known = await Promise.all(
    own.map(async ({ visitId, caseNumber }) => {
      const telephone = caseNumber === null ? null : await telephones.read(telephoneKey.client(caseNumber));
      return telephone === null ? [] : [{ visitId, number: telephone.number }];
    }),
  );
  return jsonReply({ clients: known.flat() } satisfies ClientNumbersReply);
}

/** `GET /api/visits/:visitId/telephones`: of its provider and its client. */
export async function showTelephones(field: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply(await telephonesOf(field, await visitOf(field, asked)));
}

/** `POST /api/visits/:visitId/telephones`: the number of its client, kept for the case. */
export async function noteTelephone(field: Field, asked: FieldAsked): Promise<Response> {
  const { client } = await bodyOf(asked.request, 4096);
  const digits = typeof client === 'string' ? dialled(client.trim()) : null;
  if (digits === null) throw new Refusal('bad-request', { at: '/client' });
  const visit = await visitOf(field, asked);
  const { visitId, caseNumber } = visit;
  if (caseNumber === null || visitId === null) throw new Refusal('no-such-path');
  if (await isErased(field, visitId)) throw new Refusal('erased');
  await keepClientNumber(field, visitId, caseNumber, `${digits.slice(0, 4)}-${digits.slice(4)}`);
  if (await isErased(field, visitId)) {
    await forgetClientNumbers(field, new Set([visitId]));
    throw new Refusal('erased');
  }
  return jsonReply(await telephonesOf(field, visit));
}

async function visitOf({ service }: Field, { param }: FieldAsked): Promise<VisitState> {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const { state, version } = await service.load(visitId);
  if (version === 0n) throw new Refusal('no-such-path');
  return state;
}

async function telephonesOf({ telephones }: Field, { provider, caseNumber }: VisitState): Promise<TelephonesReply> {
  const numberOf = async (key: string | null) => (key === null ? null : ((await telephones.read(key))?.number ?? null));
  return {
    provider: await numberOf(provider === null ? null : telephoneKey.provider(provider.id)),
    client: await numberOf(caseNumber === null ? null : telephoneKey.client(caseNumber)),
  };
}
