/** Finds what escapes the scheduler: time, chance, timers and real asynchrony that a node takes from the platform. */
import { createHash } from 'node:crypto';
import { currentNode } from './scheduler.ts';

const { subtle } = globalThis.crypto;
type Report = (what: string) => void;

/** Replaces functions of an object; the answer puts them back. */
export function replace(on: object, functions: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(functions).map((name) => [name, Object.getOwnPropertyDescriptor(on, name)] as const);
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(on, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, known] of before) {
      if (known === undefined) delete (on as Record<string, unknown>)[name];
      else Object.defineProperty(on, name, known);
    }
  };
}

/** The function, which reports a call from a node. */
const watched = (on: object, name: string, report: Report): unknown => {
  const original = (on as Record<string, (...given: unknown[]) => unknown>)[name] as (...given: unknown[]) => unknown;
  return (...given: unknown[]) => {
    const node = currentNode();
    if (node !== undefined) report(`${node.name} calls ${name}: ${new Error(name).stack}`);
    return original.apply(on, given);
  };
};

const watchAll = (on: object, names: readonly string[], report: Report): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, watched(on, name, report)]));

/** WebCrypto's digest, at once. */
async function digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> {
  const { buffer } = new Uint8Array(createHash(algorithm.replace('-', '').toLowerCase()).update(bytes).digest());
  return buffer;
}

export function forbidEscapes(report: Report): () => void {
  const ended = [
    replace(globalThis, watchAll(globalThis, ['setTimeout', 'setInterval', 'setImmediate'], report)),
    replace(Date, watchAll(Date, ['now'], report)),
    replace(Math, watchAll(Math, ['random'], report)),
    replace(performance, watchAll(performance, ['now'], report)),
    replace(globalThis.crypto, watchAll(globalThis.crypto, ['randomUUID', 'getRandomValues'], report)),
    replace(subtle, {
      ...watchAll(subtle, ['sign', 'verify', 'generateKey', 'exportKey', 'importKey'], report),
      digest,
    }),
  ];
  return () => {
    for (const end of ended) end();
  };
}
