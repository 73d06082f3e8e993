import { mustBe } from '../kernel/known.ts';
import { answerOf, type Entries, entriesOf, type FormValues } from './entries.ts';
import type { Form, FormField } from './form.ts';

/**
 * Lists the fields of a form that apply to what was entered so far: those without a condition, and those whose condition holds.
 * The others are not drawn, and `readForm` does not read them.
 *
 * @since 0.5.0
 */
export function shownFields(form: Form, values: FormValues): readonly FormField[] {
  mustBe(Array.isArray(form?.fields), 'shownFields takes a form, as formOf answers it', form);
  const { fields } = form;
  const entries = entriesOf(values);
  return fields.filter((field) => isShown(field, fields, entries));
}

function isShown({ when }: FormField, fields: readonly FormField[], entries: Entries): boolean {
  if (when === undefined) return true;
  const other = fields.find(({ name }) => name === when.field);
  return other !== undefined && isShown(other, fields, entries) && when.is.includes(enteredIn(other, entries));
}

function enteredIn({ kind, name }: FormField, entries: Entries): string {
  const value = entries.last(name);
  const answer = kind === 'yes-no' ? answerOf(value) : undefined;
  return answer === undefined ? `${value}`.trim() : answer ? 'yes' : 'no';
}
