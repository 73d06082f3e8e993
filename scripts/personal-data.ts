import type { ReasonKept, SealedField } from '../src/privacy/decision.ts';
import { type PersonalField, personalFields } from '../src/privacy/personal-fields.ts';
import { eventTypes } from '../src/visit/table.ts';
import type { PageWords } from './personal-data/words.ts';

/** The data that every event has; they are listed once. */
const common: ReadonlySet<string> = new Set(['visitId', 'at', 'by/id', 'recordedBy/id']);

/** The path of a field as the words name it. */
export const fieldName = ({ path }: PersonalField): string => path.replace(/^\/(?:data\/)?/, '');

/** Looks a word up; one that is missing fails. */
function wordOf<Key extends string>(words: Readonly<Record<Key, string>>, key: Key): string {
  const word: string | undefined = words[key];
  if (word === undefined || word === '') throw new Error(`The page of personal data has no words for ${key}`);
  return word;
}

const shortReason = ({ reasons }: PageWords, reason: ReasonKept): string => reasons[reason][0];

const readersOf = ({ seenBy }: SealedField, { readers, everyone }: PageWords): string =>
  seenBy.length === Object.keys(readers).length ? everyone : seenBy.map((reader) => wordOf(readers, reader)).join(', ');

const reasonsOf = ({ reasons, kept }: PageWords): string =>
  [
    `## ${kept.heading}`,
    '',
    `| ${kept.columns.join(' | ')} |`,
    '|---|---|',
    ...Object.values(reasons).map(([short, why]) => `| ${short} | ${why} |`),
  ].join('\n');

function remainsOf({ stored, words = [], role }: SealedField, language: PageWords): string {
  const remains = wordOf(language.stored, stored);
  const listed = words.map((word) => (word === 'policy' ? language.policy : `\`${word}\``)).join(', ');
  if (role === 'client') return language.clientAlone(remains, listed, shortReason(language, 'identifier-of-staff'));
  return words.length === 0 ? remains : language.except(remains, listed);
}

function rowOf(field: PersonalField, language: PageWords): string {
  const name = fieldName(field);
  const shown = `${wordOf(language.fields, name)} \`${name.replace(/^metadata\//, '').replaceAll('/', '.')}\``;
  const { decision } = field;
  const cells =
    'kept' in decision
      ? ['', '', '', language.stays(shortReason(language, decision.kept))]
      : [
          decision.of.map((holder) => wordOf(language.holders, holder)).join(language.and),
          wordOf(language.purposes, decision.purpose),
          readersOf(decision, language),
          remainsOf(decision, language),
        ];
  return `| ${[shown, ...cells].join(' | ')} |`;
}

const tableOf = (fields: readonly PersonalField[], language: PageWords): string =>
  [
    `| ${language.columns.join(' | ')} |`,
    '|---|---|---|---|---|',
    ...fields.map((field) => rowOf(field, language)),
  ].join('\n');

/** The page of all personal fields in one language. */
export function personalDataPage(language: PageWords): string {
  const fields = personalFields();
  const ofEvent = (event: PersonalField['event']) => fields.filter((field) => field.event === event);
  const isCommon = (field: PersonalField) => common.has(fieldName(field));
  const list = (name: 'every' | 'metadata', listed: readonly PersonalField[]) =>
    `## ${language.headings[name]}\n\n${language.notes[name]}\n\n${tableOf(listed, language)}`;
  const sections = eventTypes.map((event) => {
    const own = ofEvent(event).filter((field) => !isCommon(field));
    const table = own.length === 0 ? language.onlyCommon : tableOf(own, language);
    return `## ${wordOf(language.events, event)}\n\n\`${event}\`\n\n${table}`;
  });
  const [first = 'VisitAssigned'] = eventTypes;
  return [
    language.beginning,
    reasonsOf(language),
    list('every', ofEvent(first).filter(isCommon)),
    ...sections,
    list('metadata', ofEvent('every')),
    language.end,
  ].join('\n\n');
}
