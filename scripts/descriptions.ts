import { readFileSync } from 'node:fs';
import { acts } from '../src/visit/table.ts';
import type { Docstrings } from './docstrings.ts';

const WIDTH = 120;

const quoted = (text: string) => (text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`);

/** A property as the formatter writes it. */
function property(indent: string, name: string, text: string): string {
  const key = name || 'self';
  const line = `${indent}${key}: ${quoted(text)},`;
  const next = `${indent}  ${quoted(text)},`;
  return line.length <= WIDTH || key.length <= 4 ? line : `${indent}${key}:\n${next}`;
}

const record = (name: string, entries: readonly string[]) =>
  `export const ${name}: Descriptions = {\n${entries.join('\n')}\n};\n`;

const grouped = (groups: readonly (readonly [string, readonly (readonly [string, string])[]])[]) =>
  groups
    .filter(([, fields]) => fields.length > 0)
    .map(
      ([name, fields]) =>
        `  ${name}: {\n${fields.map(([field, text]) => property('    ', field, text)).join('\n')}\n  },`,
    );

/** Types whose fields stand in the JSON Schema under `$defs`, or are the envelope of a message. */
const described = [
  ...[
    'Command',
    'EventMessage',
    'Id',
    'Instant',
    'NonEmptyText',
    'Sha256',
    'Actor',
    'Client',
    'Provider',
    'Contact',
    'CommandMetadata',
  ],
  ...['EventMetadata', 'Position', 'Representative', 'Photo', 'Material', 'SuppliedItem', 'Mismatch', 'Test'],
  ...['Despite', 'ReportedAct', 'ReportedViolation'],
];

/** Names in the JSON Schema, where they differ from those of the types. */
const schemaNames: Readonly<Record<string, string>> = { EventMessage: 'Event', NonEmptyText: 'Text' };

/** Fields that the data of every event have, described once. */
const common = ['visitId', 'at', 'by', 'recordedBy'];

/** The chapters of the wire, each the acts of its file. */
export const chapters = [
  ...['assignment', 'transit', 'arrival', 'instructions', 'identity', 'inspection', 'materials', 'work', 'closing'],
  ...['exceptions', 'corrections'],
];

/** The file of a chapter of the wire. */
export const chapterPath = (chapter: string): string => `src/wire/${chapter}.ts`;

const MARK = '/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */';

/** The source of a chapter of the wire: what is written by hand, then the descriptions. */
export async function chapterSource({ messages, data }: Docstrings, chapter: string): Promise<string> {
  const [written = ''] = readFileSync(chapterPath(chapter), 'utf8').split(MARK);
  const fieldsOf = (type: string, except: readonly string[]) =>
    [...(data.get(type) ?? [])].filter(([field]) => !except.includes(field));
  const module = (await import(`../src/wire/${chapter}.ts`)) as Record<string, Record<string, CommandAndEvent>>;
  const described = Object.values(module[chapter] ?? {}).flatMap(({ command, event }) => {
    const ofCommand = fieldsOf(command, common);
    const same = ofCommand.filter(([field, text]) => data.get(event)?.get(field) === text).map(([field]) => field);
    const ofEvent = fieldsOf(event, [...common, ...same]);
    const self = (type: string) => ['', messages.get(type) ?? ''] as const;
    return [[command, [self(command), ...ofCommand]] as const, [event, [self(event), ...ofEvent]] as const];
  });
  return `${written.trimEnd()}\n\n${MARK}\nexport const descriptions = {\n${grouped(described).join('\n')}\n};\n`;
}

type CommandAndEvent = { readonly command: string; readonly event: string };

/** The source of `src/wire/part-descriptions.ts`. */
export function partsSource({ data, parts }: Docstrings): string {
  return [
    '// Generated from the docstrings of src/messages by `npm run reference`; a test holds it to them.',
    '',
    '/** Descriptions by name; the fields of a type under its name, the type itself under `self`. */',
    'export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;',
    '',
    '/** Of the fields of the data of every event. */',
    `export const common: Descriptions[string] = {\n${[...(data.get('WorkStarted') ?? [])].map(([field, text]) => property('  ', field, text)).join('\n')}\n};\n`,
    '/** Of the parts that messages share. */',
    record('parts', grouped(described.map((name) => [schemaNames[name] ?? name, [...(parts.get(name) ?? [])]]))),
  ]
    .join('\n')
    .replace(/\n\n$/, '\n');
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (`   * ${lines.at(-1)} ${word}`.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trimStart();
  }
  return lines.map((line) => `   * ${line}`).join('\n');
}

/** The source of `src/visit/creators.ts`. */
export function creatorsSource({ messages }: Docstrings): string {
  const creators = acts.map(({ command, event, needs }) => {
    const rules = needs.map(({ id, clauses }) => `\`${id}\` (${clauses.join(', ')})`);
    const refused =
      rules.length === 0
        ? 'Refused by the general rules alone.'
        : `Refused by the general rules, and by ${rules.join(', ')}.`;
    const name = `${command[0]?.toLowerCase()}${command.slice(1)}`;
    return [
      '  /**',
      wrapped(messages.get(command) ?? ''),
      '   *',
      wrapped(`Becomes \`${event}\`. ${refused}`),
      '   * @since 0.1.0',
      '   */',
      `  readonly ${name}: Creator<'${command}'>;`,
    ].join('\n');
  });
  return `// Generated from the docstrings of src/messages and the table of acts by \`npm run reference\`; a test holds it to them.
import type { Actor, CommandOf, CommandType, Id } from '../messages/index.ts';

/** Makes a command of one type from its data, the actor and, where there is one, the command's id. @since 0.1.0 */
export type Creator<T extends CommandType> = (data: CommandOf<T>['data'], actor: Actor, commandId?: Id) => CommandOf<T>;

/** The types of all commands: spelt out, so that the creators do not carry the table. */
export const createdTypes: readonly CommandType[] = [
${acts.map(({ command }) => `  '${command}',`).join('\n')}
];

/** A creator for every command, by its name in lower camel case. @since 0.1.0 */
export type Creators = {
${creators.join('\n')}
};
`;
}
