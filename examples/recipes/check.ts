/**
 * Plays the first minutes of a visit against the server of a recipe, as its clients would: a lawful act is recorded once, an
 * unlawful one is refused with its reasons, and a caller acts only as themselves. Throws on any surprise.
 */
import assert from 'node:assert/strict';

export const people = { operator: 'op-7', provider: 'prov-14', stranger: 'prov-99' } as const;
export type Person = keyof typeof people;
type HeadersOf = (who: Person) => Readonly<Record<string, string>>;
const bearer: HeadersOf = (who) => ({ authorization: `Bearer ${people[who]}` });

export async function check(url: string, headersOf = bearer): Promise<void> {
  const visitId = 'v-1';
  const roles = { operator: 'contact-center', provider: 'provider', stranger: 'provider' };
  const call = async (path: string, who?: Person, body?: object) => {
    const response = await fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(who && headersOf(who)),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const post = (who: Person, type: string, data: object, as: Person = who) =>
    call('/commands', who, {
      type,
      data: { visitId, at: '2026-03-17T14:40:00.000Z', ...data },
      metadata: { actor: { role: roles[as], id: people[as] }, commandId: `${who}-${type}` },
    });
  const assign = {
    ...{ caseNumber: 'EXP-4512', service: 'Fontanería', place: 'Barva', arriveBy: '2026-03-17T15:00:00.000Z' },
    ...{ client: { name: 'Ana Rojas', title: 'doña' }, provider: { id: 'prov-14', name: 'Luis Mora' } },
  };

  assert.equal((await call('/visits/v-1/guide')).status, 401, 'a caller without a token');
  assert.notEqual((await post('provider', 'AssignVisit', assign, 'operator')).status, 200, 'a provider as the center');
  const malformed = await post('operator', 'AssignVisit', { ...assign, at: 'ayer a las 8' });
  assert.equal(malformed.status, 400, `an invalid instant: ${malformed.text}`);
  assert.match(malformed.text, /at/);

  for (const time of ['first', 'second']) {
    const assigned = await post('operator', 'AssignVisit', assign);
    assert.equal(assigned.status, 200, `the assignment, sent the ${time} time: ${assigned.text}`);
    assert.equal(JSON.parse(assigned.text).version, '1', 'a command is recorded once');
  }
  assert.notEqual((await post('stranger', 'RecordArrival', {})).status, 200, 'an arrival by another provider');
  const arrived = await post('provider', 'RecordArrival', {});
  assert.equal(arrived.status, 200, `the arrival: ${arrived.text}`);

  const started = await post('provider', 'StartWork', {});
  assert.equal(started.status, 409, `a start before the photographs: ${started.text}`);
  assert.match(started.text, /fotografías/, 'the reasons, in Spanish');

  const guide = await call('/visits/v-1/guide', 'provider');
  assert.equal(guide.status, 200, `the guide: ${guide.text}`);
  assert.equal(JSON.parse(guide.text).suggested, 'ShowCredential');
  assert.equal((await call('/visits/v-1/guide', 'stranger')).status, 403, 'the guide of a visit of another provider');
  console.log(`The visit went as it should, at ${url}`);
}
