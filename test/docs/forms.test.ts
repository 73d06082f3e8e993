import { type FieldCondition, type FormField, formOf, formsEn, formsEsCR, notForPeople } from 'auxilio/forms';
import { expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { createdTypes } from '../../src/visit/creators.ts';

const head = ['| field | español | English | kind | |', '|---|---|---|---|---|'];

const cell = (text: string) => text.replaceAll('|', '\\|');

const inWords = ({ label, hint }: FormField) => (hint === undefined ? label : `${label} *${hint}*`);

const when = ({ field, is }: FieldCondition) => `if \`${field}\` is ${is.map((value) => `\`${value}\``).join(' or ')}`;

function limits(field: FormField): string {
  const { kind } = field;
  switch (kind) {
    case 'text':
    case 'long-text':
    case 'id':
      return `${kind}, ${field.maxLength}`;
    case 'choice':
      return field.open ? `${kind}, or another text` : kind;
    case 'choices':
      return `${kind}${field.minItems > 0 ? ', at least one' : ''}`;
    case 'list':
      return `list of ${field.item}, ${field.maxItems} of ${field.maxLength}`;
    case 'rows':
      return `rows, ${field.minItems} to ${field.maxItems}`;
    case 'photographs':
      return `photographs of the ${field.from}, ${field.maxItems}`;
    case 'quantity':
      return `quantity, ${field.decimals} decimals`;
    case 'yes-no':
    case 'instant':
    case 'group':
    case 'contact':
    case 'position':
    case 'reported-acts':
      return kind;
  }
}

function asked({ required, clauses, neededWhen, waivable, when: applies, ...field }: FormField): string {
  const expected = 'expected' in field && field.expected !== undefined ? ', which must be yes' : '';
  const unless = waivable === undefined ? '' : `, unless \`${waivable}\` is waived`;
  const demanded = clauses.length > 0 ? `asked for by ${clauses.join(', ')}${expected}${unless}` : '';
  const parts = [
    required ? 'required' : '',
    neededWhen ? `${demanded} ${when(neededWhen)}` : demanded,
    applies ? `applies ${when(applies)}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** A field with its whole name; `*` stands for the number of a row. */
const inRow = ({ kind, name }: FormField, field: FormField): FormField =>
  kind === 'rows' || kind === 'photographs' ? { ...field, name: `${name}.*.${field.name}` } : field;

/** The row of a field, and those of its choices, of its fields and of the box for none. */
function rowsOf(es: FormField, en: FormField): readonly string[] {
  const row = [`\`${es.name}\``, inWords(es), inWords(en), limits(es), asked(es)];
  const choices =
    'choices' in es && 'choices' in en && es.kind !== 'yes-no'
      ? es.choices.map(({ value, caption }, index) => [
          `· \`${value}\``,
          caption,
          en.choices[index]?.caption ?? '',
          '',
          '',
        ])
      : [];
  const none = 'none' in es && 'none' in en ? [[`· \`${es.name}.none\``, es.none ?? '', en.none ?? '', 'box', '']] : [];
  const within =
    'fields' in es && 'fields' in en
      ? es.fields.flatMap((field, index) => rowsOf(inRow(es, field), en.fields[index] as FormField))
      : [];
  return [...[row, ...choices, ...none].map((cells) => `| ${cells.map(cell).join(' | ')} |`), ...within];
}

function section(command: CommandType): string {
  const [es, en] = [formOf(command, formsEsCR), formOf(command, formsEn)];
  const rows = es.fields
    .flatMap((field, index) => rowsOf(field, en.fields[index] as FormField))
    .filter((row) => !row.startsWith('| `at` '));
  const table = [...head, ...rows].join('\n');
  const body =
    es.fields.length === 0 ? 'No form: reconciling alone makes one.' : rows.length === 0 ? 'The time alone.' : table;
  const others = notForPeople(command).filter((path) => path !== 'visitId');
  const left = others.length > 0 ? `\n\nNot for people: ${others.map((path) => `\`${path}\``).join(', ')}.` : '';
  return `## ${command}\n\n*${es.title}* · *${en.title}*\n\n${body}${left}\n`;
}

const time = rowsOf(
  formOf('StartWork', formsEsCR).fields[0] as FormField,
  formOf('StartWork', formsEn).fields[0] as FormField,
);

const page = `# Forms of the acts

Made from \`auxilio/forms\` by \`npx vitest run test/docs/forms.test.ts -u\`; a test fails when it is stale. [Draw a
form](../how-to/draw-a-form.md) says what the columns mean. No person enters \`visitId\`. The last field of each form is the time
of the act:

${head.join('\n')}
${time.join('\n')}

${createdTypes.map(section).join('\n')}`;

it('the page of forms is what the forms say', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/reference/forms.md');
});
