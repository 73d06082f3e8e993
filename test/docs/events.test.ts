import { expect, it } from 'vitest';
import { acts } from '../../src/visit/table.ts';
import { jsonSchema } from '../../src/wire.ts';

type Node = {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly 'x-personal'?: true;
};

const parts = jsonSchema().$defs as Readonly<Record<string, Node>>;
const partOf = ({ $ref }: Node) => $ref?.replace('#/$defs/', '');

function shape(node: Node): string {
  const part = partOf(node);
  if (part !== undefined) return part;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' · ');
  if (node.items !== undefined) return `${shape(node.items)}[]`;
  if (node.properties !== undefined) return `{ ${Object.keys(node.properties).join(', ')} }`;
  return node.const === undefined ? `${node.type}` : `\`${node.const}\``;
}

/** A field is personal when it is marked, or when what it is made of is. */
function isPersonal(node: Node): boolean {
  const part = partOf(node);
  if (node['x-personal'] === true) return true;
  if (part !== undefined) return isPersonal(parts[part] ?? {});
  if (node.items !== undefined) return isPersonal(node.items);
  return Object.values(node.properties ?? {}).some(isPersonal);
}

const fields = ({ properties = {}, required = [] }: Node, without: readonly string[] = []) =>
  Object.entries(properties)
    .filter(([name]) => !without.includes(name))
    .map(([name, node]) => {
      const optional = required.includes(name) ? '' : '?';
      return `| \`${name}${optional}\` | ${shape(node)} | ${isPersonal(node) ? 'personal' : ''} |`;
    });

const table = (rows: readonly string[]) =>
  rows.length === 0 ? 'Nothing more.' : ['| field | what it is | |', '|---|---|---|', ...rows].join('\n');

const everywhere = ['visitId', 'at', 'by', 'recordedBy'];

const events = acts.map(({ event, command, clauses }) => {
  const data = parts[event]?.properties?.data ?? {};
  return `## ${event}\n\nFrom \`${command}\`. Carries out ${clauses.join(', ')}.\n\n${table(fields(data, everywhere))}\n`;
});

const shared = ['Client', 'Provider', 'Actor', 'Contact', 'Position', 'Photo', 'Material', 'SuppliedItem', 'Mismatch']
  .filter((name) => parts[name] !== undefined)
  .map((name) => `### ${name}\n\n${table(fields(parts[name] ?? {}))}\n`);

const catalogue = `# Events

Made from the schemas of \`src/wire\` by \`npm run reference\`; a test fails when it is stale.

Every event has \`type\`, \`data\` and, once stored, \`metadata\`. Every \`data\` has \`visitId\`, \`at\` (when it
happened), \`by\` (whose act it is) and, where another person typed it in, \`recordedBy\`. A question mark: the field may be
absent. *Personal* fields are about a person.

${events.join('\n')}
## What they share

${shared.join('\n')}`;

it('the catalogue of events is what the schemas say', async () => {
  await expect(catalogue).toMatchFileSnapshot('../../docs/reference/events.md');
});

it('every event is in it, with every field of its schema', () => {
  for (const { event } of acts) {
    for (const name of Object.keys(parts[event]?.properties?.data?.properties ?? {})) {
      const section = catalogue.slice(catalogue.indexOf(`## ${event}\n`)).split('\n## ')[0];
      expect(everywhere.includes(name) || section?.includes(`\`${name}`)).toBe(true);
    }
  }
});
