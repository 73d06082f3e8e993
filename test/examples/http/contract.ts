import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect } from 'vitest';

type Node = { readonly [key: string]: unknown };
export const document: Node & { paths: Node; components: { schemas: Record<string, Node> } } = JSON.parse(
  readFileSync(new URL('../../../examples/data/openapi.json', import.meta.url), 'utf8'),
);

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(closed(document) as object, 'visits');

/** Closes open schemas, so that a test notices undocumented fields. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)]);
  const isOpen = 'properties' in node && 'type' in node && !('additionalProperties' in node);
  return { ...Object.fromEntries(entries), ...(isOpen && { additionalProperties: false }) };
}

/** The longest that fits: an id may have slashes. */
const templates = Object.keys(document.paths)
  .sort((one, other) => other.length - one.length)
  .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/, '.+')}$`) }));

const templateOf = (path: string) => templates.find(({ pattern }) => pattern.test(path))?.template;

/** The errors of a value by the schema at that path of the document. */
export function errorsAt(place: readonly (string | number)[], value: unknown): unknown[] {
  const pointer = place.map((key) => encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')));
  const validate = ajv.getSchema(`visits#/${pointer.join('/')}`);
  if (validate === undefined) return [`there is no schema at ${place.join(' ')}`];
  validate(value);
  return validate.errors ?? [];
}

/** The answer is one that the document promises for the operation. */
export function expectPromised(method: string, path: string, response: Response, body: string): void {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  if (method === 'HEAD' || status === 304) {
    expect(body).toBe('');
    return;
  }
  const isKnown = response.status !== 405 && templateOf(path) !== undefined;
  const place = isKnown
    ? ['paths', templateOf(path) ?? '', method.toLowerCase(), 'responses', status, 'content', type, 'schema']
    : ['components', 'schemas', 'ProblemReply'];
  expect(errorsAt(place, type === 'text/event-stream' ? body : JSON.parse(body))).toEqual([]);
}
