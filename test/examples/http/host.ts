import { commands, type VisitCommand } from 'auxilio';
import { type EventStore, memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { access } from '../../../examples/http/access.ts';
import { createApp } from '../../../examples/http/app.ts';
import type { Claims } from '../../../examples/http/call.ts';
import { fetchHandler } from '../../../examples/http/fetch.ts';
import type { ProblemReply } from '../../../examples/http/replies.ts';
import { expectPromised } from './contract.ts';

export const operator = { role: 'operator', sub: 'op-1' };
export const luis = { role: 'provider', sub: 'p-1' };
export const eva = { role: 'provider', sub: 'p-2' };
export const ana = { role: 'client', sub: 'c-1', visit: 'v-1' };

export const at = (minutes: number) => new Date(Date.UTC(2026, 2, 17, 14, minutes)).toISOString();
const nobody = { role: 'contact-center', id: 'nobody' } as const;

/** The request: a command without its actor. */
export const sent = ({ type, data, metadata: { commandId } }: VisitCommand) => ({
  type,
  data,
  ...(commandId !== undefined && { metadata: { commandId } }),
});

export function assign(visitId = 'v-1', commandId?: string) {
  const data = {
    visitId,
    at: at(0),
    caseNumber: 'EXP-1',
    client: { name: 'Ana Rojas', title: 'doña' },
    provider: { id: 'p-1', name: 'Luis Mora' },
    service: 'fontanería',
    place: 'Barva, Heredia',
    arriveBy: at(60),
  } as const;
  return sent(commands.assignVisit(data, nobody, commandId));
}

export const arrive = (visitId = 'v-1', commandId?: string) =>
  sent(commands.recordArrival({ visitId, at: at(1) }, nobody, commandId));
export const start = (visitId = 'v-1') => sent(commands.startWork({ visitId, at: at(2) }, nobody));
export const breach = (detail: string, visitId = 'v-1') =>
  sent(commands.reportConductBreach({ visitId, at: at(3), kind: 'smoking', detail }, nobody));
export const close = (visitId = 'v-1') => [
  sent(commands.giveInstruction({ visitId, at: at(4), about: 'visit', decision: 'cancel', text: 'no' }, nobody)),
  sent(commands.closeVisit({ visitId, at: at(5) }, nobody)),
];

type Init = {
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  signal?: AbortSignal;
};

/** An answer, its body read: JSON, or nothing. */
type Answered<T = unknown> = { status: number; headers: Headers; text: string; body: T };

/** A host in memory; every response is checked against the OpenAPI document. */
export function hostOn(
  store: EventStore<never> = memoryStore(),
  options: Partial<Parameters<typeof createApp>[0]> = {},
) {
  const failures: unknown[] = [];
  const { codec } = options;
  const service = createService({
    store,
    retry: { maxRetries: 2 },
    ...(codec && { codec }),
  });
  const onFailure = (error: unknown) => failures.push(error);
  const app = createApp({ service, store, access, now: () => at(30), pollMs: 5, onFailure, ...options });
  const fetch = fetchHandler(app, async ({ headers }) => JSON.parse(headers.get('x-claims') ?? 'null'));

  const request = (claims: Claims | null, method: string, path: string, { headers, ...init }: Init = {}) =>
    fetch(
      new Request(`https://host.test${path}`, {
        method,
        headers: { ...(claims && { 'x-claims': JSON.stringify(claims) }), ...headers },
        ...init,
        ...(init.body instanceof ReadableStream && { duplex: 'half' }),
      } as RequestInit),
    );

  async function ask<T = ProblemReply>(claims: Claims | null, method: string, path: string, init?: Init) {
    const response = await request(claims, method, path, init);
    const text = await response.text();
    expectPromised(method, new URL(path, 'https://host.test').pathname, response, text);
    const { status, headers } = response;
    return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) } as Answered<T>;
  }

  function send<T = ProblemReply>(
    claims: Claims | null,
    command: object | string,
    headers: Record<string, string> = {},
  ) {
    const body = typeof command === 'string' ? command : JSON.stringify(command);
    const init = { body, headers: { 'content-type': 'application/json', ...headers } };
    return ask<T>(claims, 'POST', '/visits/v-1/commands', init);
  }

  const version = async () => (await service.load('v-1')).version;
  return { service, request, ask, send, version, failures };
}
