/** Requests to the server, each answered with a value or a failure. */

import type { Json, VisitCommand } from 'auxilio';
import type { CommandReply } from '../../../http/replies.ts';
import { interrupted, locale, session } from './session.ts';

/** A failure in words of the server, which speaks the language of the user; `offline` without an answer. */
export type Failure = Readonly<{
  ok: false;
  status: number;
  /** The code of the problem, if the server has one. */
  code?: string | undefined;
  title: string;
  details: readonly string[];
  /** The version of the visit, where another was expected. */
  version?: number | undefined;
}>;
export type Answer<T> = Readonly<{ ok: true; value: T }> | Failure;

type Problem = Readonly<{
  code?: string;
  title?: string;
  claim?: Readonly<{ name?: string }>;
  detail?: string;
  version?: number;
  violations?: readonly Readonly<{ message: string }>[];
  issues?: readonly Readonly<{ message: string }>[];
}>;

async function request<T>(method: string, path: string, body?: unknown, version?: number): Promise<Answer<T>> {
  const isFile = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: {
        'x-field': '1',
        'accept-language': locale(),
        ...(body !== undefined && { 'content-type': isFile ? 'application/x-ndjson' : 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    });
  } catch {
    return { ok: false, status: 0, title: '', details: [] };
  }
  if (response.ok) return { ok: true, value: response.status === 204 ? (null as T) : await response.json() };
  const problem: Problem = await response.json().catch(() => ({}));
  // A login that fails ends nothing.
  if (response.status === 401 && !(method === 'POST' && path === '/session')) {
    const person = session.peek();
    if (person) interrupted.value = { person, focus: document.activeElement };
    session.value = null;
  }
  const details =
    (problem.violations ?? problem.issues)?.map(({ message }) => message) ??
    [problem.detail, problem.claim?.name].filter((text) => text !== undefined);
  const { title = `${response.status}`, version: standing, code } = problem;
  return { ok: false, status: response.status, code, title, details, version: standing };
}

export const get = <T>(path: string) => request<T>('GET', path);
export const post = <T>(path: string, body: unknown, version?: number) => request<T>('POST', path, body, version);
export const put = (path: string, body: Blob) => request<null>('PUT', path, body);
export const remove = (path: string) => request<null>('DELETE', path);

export const visitPath = (visitId: string) => `/visits/${encodeURIComponent(visitId)}`;

/** An act of the center before it has an id: the same id is sent again when it is tried again. */
export type Draft = Readonly<{ type: VisitCommand['type']; data: Readonly<Record<string, Json | undefined>> }>;

/** Records an act. Tried again under the same id it is recorded once; with a version, only if the visit is at it still. */
export function record(
  { type, data }: Draft,
  visitId: string,
  commandId: string,
  version?: number,
): Promise<Answer<CommandReply>> {
  const command = { type, data: { ...data, visitId }, metadata: { commandId } };
  return post(`${visitPath(visitId)}/commands`, command, version);
}

/** True for an act that was refused because the visit is at another version by now. */
export const isOvertaken = (failure: Failure): boolean => failure.status === 412;
