import { readdirSync, readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { VisitEvent } from '../../src/messages/index.ts';
import { type ReportOptions, reportHtml } from '../../src/report.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A page as a browser reads it: parsed by the standard, with what the parser objected to. */
export class Page {
  readonly html: string;
  readonly errors: readonly string[];
  readonly elements: readonly Element[];

  constructor(html: string) {
    const errors: string[] = [];
    const root = parse(html, { onParseError: ({ code }) => errors.push(code) });
    this.html = html;
    this.errors = errors;
    this.elements = below(root);
  }

  /** The elements of a name, and of a class if given. */
  all(tagName: string, kind?: string): readonly Element[] {
    return this.elements.filter(
      (one) => one.tagName === tagName && (kind === undefined || classes(one).includes(kind)),
    );
  }

  /** The section under a heading of exactly these words. */
  section(heading: string): Element {
    const found = this.all('section').find(
      (one) => /^h[2-4]$/.test(first(one)?.tagName ?? '') && textOf(first(one)!) === heading,
    );
    if (found === undefined) throw new Error(`no section “${heading}”: ${this.all('h2').map(textOf).join(', ')}`);
    return found;
  }

  byId(id: string): Element {
    const found = this.elements.find((one) => attribute(one, 'id') === id);
    if (found === undefined) throw new Error(`no element #${id}`);
    return found;
  }

  /** The tags and the attributes, without any text: what a text must not be able to change. */
  skeleton(): string {
    return this.elements
      .map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name, value }) => `${name}=${value}`).join(' ')}`)
      .join('\n');
  }
}

export const reported = (log: Parameters<typeof reportHtml>[0], options?: ReportOptions): Page =>
  new Page(reportHtml(log, options));

const first = (element: Element) => children(element)[0];

/** The elements below a node, in the order of the page. */
export function below(node: Node, found: Element[] = []): readonly Element[] {
  for (const child of children(node)) {
    found.push(child);
    below(child, found);
  }
  return found;
}

export function children(node: Node): readonly Element[] {
  return 'childNodes' in node ? node.childNodes.filter((child): child is Element => 'tagName' in child) : [];
}

export function textOf(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;

export const classes = (element: Element): readonly string[] => (attribute(element, 'class') ?? '').split(' ');

/** The rows of the tables in an element: the text of each cell. */
export const rowsIn = (element: Element): readonly (readonly string[])[] =>
  below(element)
    .filter(({ tagName, parentNode }) => tagName === 'tr' && parentNode?.nodeName === 'tbody')
    .map((row) => children(row).map(textOf));

/** The pairs of a list of names and values. */
export const pairsIn = (element: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    children(element)
      .filter(({ tagName }) => tagName === 'div')
      .map((pair) => children(pair).map(textOf)),
  );

const stored = 'test/golden/v1';

/** The logs of the day of version 1, in the order of their visits. */
export async function storedDay(): Promise<readonly (readonly VisitEvent[])[]> {
  const files = readdirSync(stored).filter((name) => name.endsWith('.events.ndjson'));
  return Promise.all(files.sort().map((name) => storedLog(name.replace('.events.ndjson', ''))));
}

/** One of them: `v-2026-0317-05`. */
export async function storedLog(visitId: string): Promise<readonly VisitEvent[]> {
  const { parseLog } = await import('../../src/wire.ts');
  const log: VisitEvent[] = [];
  for await (const line of parseLog(readFileSync(`${stored}/${visitId}.events.ndjson`, 'utf8'))) {
    if (!line.ok) throw new Error(`${visitId}, line ${line.line}`);
    log.push(line.value);
  }
  return log;
}
