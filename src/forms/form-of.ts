import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType } from '../messages/index.ts';
import { LIMITS } from '../wire/limits.ts';
import type { Label } from '../words/chapter.ts';
import { acts } from './acts.ts';
import { byDevice } from './entered.ts';
import type { FieldBase, FieldChoice, Form, FormField, PhotographsField, RowsField } from './form.ts';
import { parts } from './parts.ts';
import { type PartName, pastTime, type Shape, type Shapes } from './shape.ts';
import type { FormWords } from './words.ts';

type Labels = { readonly [name: string]: Label };

/**
 * Describes the form of an act in a language: `formOf('StartWork', formsEsCR)`. The form of `ReportDiscrepancy` has no fields,
 * as reconciling alone makes one.
 *
 * @throws TypeError for a type of command that is not known
 * @since 0.5.0
 */
export function formOf<T extends CommandType>(command: T, words: FormWords): Form<T> {
  mustKnow('command', command, Object.keys(acts));
  mustBeWords('formOf', words);
  const { [command]: labels = {} } = words.labels as Partial<Record<CommandType, Labels>>;
  return {
    command,
    locale: words.locale,
    title: upper(words.acts[command]),
    fields: createFields(listShapes(command), { ...labels, at: words.at }, words, ''),
  };
}

/** Refuses what is not the words of the forms in a language. */
export const mustBeWords = (what: string, words: FormWords): void =>
  mustBe(words?.labels, `${what} takes the words of a language, formsEsCR or formsEn`, words);

/** The data that people enter of an act, its time last; none of a report of a discrepancy. */
export const listShapes = (command: CommandType): Shapes =>
  command === 'ReportDiscrepancy' ? {} : { ...acts[command], at: pastTime };

/** The fields of a row, with the names under which they are entered: `rowFields(field, 0)`. @since 0.5.0 */
export function rowFields({ name, fields }: RowsField | PhotographsField, index: number): readonly FormField[] {
  return fields.map((field) => ({ ...field, name: `${name}.${index}.${field.name}` }));
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function createFields(shapes: Shapes, labels: Labels, words: FormWords, within: string): readonly FormField[] {
  return Object.entries(shapes).map(([name, shape]) =>
    createField(`${within}${name}`, shape, labels[name] ?? '', words),
  );
}

function createBase(name: string, shape: Shape, label: Label): FieldBase {
  const [text, hint = ''] = typeof label === 'string' ? [label] : label;
  return {
    name,
    label: text,
    ...(hint !== '' && { hint }),
    required: shape.optional !== true,
    clauses: shape.clauses ?? [],
    ...(shape.neededWhen && { neededWhen: shape.neededWhen }),
    ...(shape.waivable && { waivable: shape.waivable }),
    ...(shape.when && { when: shape.when }),
    personal: shape.personal === true,
  };
}

const none = (label: Label) => (typeof label === 'object' && label[2] !== undefined ? { none: label[2] } : {});

const maxItems = LIMITS.items;

function createField(name: string, shape: Shape, label: Label, words: FormWords): FormField {
  const base = createBase(name, shape, label);
  const { kind } = shape;
  switch (kind) {
    case 'text':
    case 'long-text':
      return { ...base, kind, maxLength: shape.max };
    case 'id':
    case 'sha256':
      return { ...base, kind: 'id', maxLength: idLength };
    case 'quantity':
      return { ...base, kind, max: LIMITS.quantity, decimals: 3 };
    case 'instant':
      return { ...base, kind, past: shape.past === true };
    case 'yes-no':
      return { ...base, kind, choices: yesNoIn(words), ...(shape.expected && { expected: shape.expected }) };
    case 'choice':
      return { ...base, kind, ...listChoices(shape, words) };
    case 'choices':
      return { ...base, kind, ...listChoices(shape, words), minItems: shape.min ?? 0, maxItems };
    case 'list':
      return { ...base, kind, item: shape.item, maxLength: shape.max, minItems: 0, maxItems, ...none(label) };
    case 'rows':
      return {
        ...base,
        kind,
        fields: partFields(shape.part, words),
        minItems: shape.min ?? 0,
        maxItems,
        ...none(label),
      };
    case 'group':
      return { ...base, kind, fields: partFields(shape.part, words, `${name}.`) };
    case 'contact':
      return { ...base, kind, fields: partFields(kind, words, `${name}.`) };
    case 'photographs':
      return {
        ...base,
        kind,
        from: shape.from,
        fields: shape.from === 'camera' ? partFields('photo', words) : [],
        maxItems,
      };
    case 'position':
      return { ...base, kind };
    case 'reported-acts':
      return { ...base, kind, maxItems, ...none(label) };
  }
}

/** Characters of an id. */
const idLength = 128;

const yesNoIn = ({ yes, no }: FormWords): readonly FieldChoice[] => [
  { value: 'yes', caption: yes },
  { value: 'no', caption: no },
];

/** Other texts, which a rule refuses in most acts, are offered where they make sense. */
function listChoices({ of, others }: Extract<Shape, { readonly kind: 'choice' | 'choices' }>, { codes }: FormWords) {
  const choices = Object.entries(codes[of]).map(([value, caption]) => ({ value, caption: upper(caption) }));
  return { choices, open: others === 'offered', maxLength: LIMITS.label };
}

/** The fields of a part that a person enters. */
function partFields(part: PartName, words: FormWords, within = ''): readonly FormField[] {
  const hidden: readonly string[] = part === 'photo' ? byDevice.TakePhotos : [];
  const shapes = Object.entries<Shape>(parts[part]).filter(([name]) => !hidden.includes(`photos.${name}`));
  return createFields(Object.fromEntries(shapes), words.parts[part], words, within);
}
