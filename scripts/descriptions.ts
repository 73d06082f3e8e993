/**
 * Makes the descriptions of the JSON Schema and the creators from the docstrings of `src/messages`: `npm run reference` writes
 * them before it makes the pages, which read them; a test compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { acts } from '../src/visit/table.ts';

/** Docstrings of the messages and of the types that they are made of, as one line each. */
type Docstrings = {
  /** Of each command and event, by type. */
  readonly messages: ReadonlyMap<string, string>;
  /** Of the fields of `data`, by type of message. */
  readonly data: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Of the fields of the other object types, by the type's name, the type itself under `''`. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

const lineOf = (text: string) =>
  text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .trim();

/** Reads the docstrings of `src/messages` by the compiler. */
export function docstringsOfMessages(): Docstrings {
  const entry = 'src/messages/index.ts';
  const options: ts.CompilerOptions = { strict: true, noEmit: true, allowImportingTsExtensions: true, types: [] };
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module`);
  const docOf = (symbol: ts.Symbol) => lineOf(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const fieldsOf = (type: ts.Type) => new Map(type.getProperties().map((field) => [field.name, docOf(field)]));
  const docs = { messages: new Map(), data: new Map(), parts: new Map() };
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const data = type.getProperty('data');
    const isObject = type.isUnion() ? type.types.every(isFields) : isFields(type);
    if (data === undefined || type.isUnion() || !isObject || envelopes.includes(symbol.name)) {
      docs.parts.set(symbol.name, new Map([['', docOf(symbol)], ...(isObject ? fieldsOf(type) : [])]));
    } else {
      docs.messages.set(symbol.name, docOf(symbol));
      docs.data.set(symbol.name, fieldsOf(checker.getTypeOfSymbol(data)));
    }
  }
  return docs;
}

/** True for an object type, or an intersection, which a union of object types may consist of. */
const isFields = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;

const envelopes = ['Command', 'EventMessage'];

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
    'Signature',
    'Actor',
    'Client',
    'Provider',
    'Contact',
    'CommandMetadata',
  ],
  ...['EventMetadata', 'Position', 'Representative', 'Photo', 'Material', 'SuppliedItem', 'Mismatch', 'Test'],
  ...['Despite', 'ReportedAct', 'ReportedViolation', 'FactWord'],
];

/** Names in the JSON Schema, where they differ from those of the types. */
const schemaNames: Readonly<Record<string, string>> = { EventMessage: 'Event', NonEmptyText: 'Text' };

/** Fields that the data of every event have, described once. */
const common = ['visitId', 'at', 'by', 'recordedBy'];

/** The chapters of the wire, each the acts of its file. */
const chapters = [
  ...['assignment', 'transit', 'arrival', 'instructions', 'identity', 'inspection', 'materials', 'work', 'closing'],
  ...['exceptions', 'corrections', 'attestation'],
];

/** The file of a chapter of the wire. */
const chapterPath = (chapter: string): string => `src/wire/${chapter}.ts`;

const MARK = '/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */';

/** The source of a chapter of the wire: what is written by hand, then the descriptions. */
async function chapterSource({ messages, data }: Docstrings, chapter: string): Promise<string> {
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
function partsSource({ data, parts }: Docstrings): string {
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
function creatorsSource({ messages }: Docstrings): string {
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

/** Makes the files of the docstrings: their paths, and the source of each. */
export async function makeFiles(docs: Docstrings): Promise<readonly (readonly [path: string, source: string])[]> {
  const ofChapters = chapters.map(
    async (chapter) => [chapterPath(chapter), await chapterSource(docs, chapter)] as const,
  );
  return [
    ['src/wire/part-descriptions.ts', partsSource(docs)],
    ...(await Promise.all(ofChapters)),
    ['src/visit/creators.ts', creatorsSource(docs)],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, source] of await makeFiles(docstringsOfMessages())) writeFileSync(path, source);
}
