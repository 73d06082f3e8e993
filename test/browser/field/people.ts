/** People of the demo who ask the server itself, for what a story begins with. */
import { readFileSync } from 'node:fs';
import { password } from '../../../scripts/field/field.ts';

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Asks for a path; with a body, posts it. */
export type Person = (path: string, body?: unknown) => Promise<unknown>;

/** Enters from a device, and answers how to ask. What is refused is thrown. */
export async function person(url: string, login: string, device = `${login}-1`): Promise<Person> {
  const send = (path: string, body: unknown, cookie = '') => {
    const headers = { 'x-field': '1', 'content-type': 'application/json', cookie };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return fetch(`${url}/api${path}`, { headers, ...sent });
  };
  const entered = await send('/session', { login, password, device });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  return async (path, body) => {
    const reply = await send(path, body, cookie);
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
    return JSON.parse(text);
  };
}

export const record = (as: Person, visitId: string, type: string, data: object) =>
  as(`/visits/${visitId}/commands`, {
    type,
    data: { visitId, ...data },
    metadata: { commandId: `${visitId}-${crypto.randomUUID()}` },
  });

/** Assigns a visit to Gerardo. */
export const assign = (operator: Person, visitId: string, more: object = {}) =>
  record(operator, visitId, 'AssignVisit', {
    at: minutesAgo(120),
    caseNumber: 'EXP-7',
    client: { name: 'Mata', title: 'don' },
    provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
    service: 'Fontanería',
    place: 'Barva',
    arriveBy: minutesAgo(90),
    ...more,
  });

export type Act = readonly [type: string, data: object, metadata?: object];

const gerardo = { id: 'prov-014', device: 'gerardo-1' };

/** Hands in the acts that a phone recorded by itself, that of Gerardo by default. */
export const handIn = (phone: Person, visitId: string, basedOn: number, acts: readonly Act[], as = gerardo) =>
  phone(`/visits/${visitId}/sync`, {
    device: as.device,
    basedOn,
    commands: acts.map(([type, data, metadata], nth) => ({
      type,
      data: { visitId, ...data },
      metadata: { actor: { role: 'provider', id: as.id }, commandId: `${visitId}-${nth}`, ...metadata },
    })),
  });

/** The work of a visit from its start to its end, 48 minutes. */
export const work = (caseNumber = 'EXP-7'): readonly Act[] => {
  const call = { at: minutesAgo(32) };
  return [
    ['StartWork', { at: minutesAgo(80) }],
    ['ReportCompletion', { at: minutesAgo(32), caseNumber, call }],
    ['CompleteVisit', { at: minutesAgo(31) }],
  ];
};

/** The names of the screens that a router of the example distinguishes, as its source has them; `''` for the first one. */
export const routedScreens = (path: string): readonly string[] =>
  [...new Set([...readFileSync(path, 'utf8').matchAll(/\bscreen === '(\w+)'/g)].map(([, name]) => name ?? ''))].sort();
