/** The data of an event, as pairs of a label and a text. */
import type { VisitEvent } from 'auxilio';
import { type FormField, type FormWords, formOf, formsEn, formsEsCR, rowFields } from 'auxilio/forms';
import { clock, commandOf, t } from './app.ts';
import { locale } from './session.ts';

export const formWords = (): FormWords => (locale() === 'en' ? formsEn : formsEsCR);

export type Detail = Readonly<{ label: string; text: string }>;

type Values = Readonly<Record<string, unknown>>;

const valueAt = (data: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (Object(value) as Values)[key], data);

/** The details of an event, in the order of the form of its act. */
export function detailsOf({ type, data }: Pick<VisitEvent, 'type' | 'data'>): readonly Detail[] {
  const command = commandOf(type);
  if (command === undefined) return [];
  const { fields } = formOf(command, formWords());
  return fields.flatMap((field) => (field.name === 'at' ? [] : detailOf(field, data)));
}

function detailOf(field: FormField, data: unknown): readonly Detail[] {
  const value = valueAt(data, field.name);
  if (value === undefined || value === null) return [];
  const told = (text: string) => (text === '' ? [] : [{ label: field.label, text }]);
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'id':
    case 'quantity':
      return told(String(value));
    case 'instant':
      return told(clock(String(value)));
    case 'yes-no':
      return told(captionOf(field.choices, value === true ? 'yes' : 'no'));
    case 'choice':
      return told(captionOf(field.choices, String(value)));
    case 'choices':
      return told(
        listOf(value)
          .map((one) => captionOf(field.choices, String(one)))
          .join(', '),
      );
    case 'list':
      return told(listOf(value).map(String).join(', ') || '—');
    case 'photographs':
      return told(String(listOf(value).length));
    case 'rows':
      return told(
        listOf(value)
          .map((_, place) =>
            rowFields(field, place)
              .map(({ name }) => valueAt({ [field.name]: listOf(value) }, name))
              .filter((part) => typeof part === 'string' || typeof part === 'number')
              .join(' '),
          )
          .join(', ') || '—',
      );
    case 'group':
    case 'contact':
      return told(
        field.fields
          .flatMap((one) => detailOf(one, data))
          .map(({ text }) => text)
          .join(' · '),
      );
    case 'position':
    case 'reported-acts':
      return [];
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const captionOf = (choices: readonly Readonly<{ value: string; caption: string }>[], value: string): string =>
  choices.find((one) => one.value === value)?.caption ?? value;

/** The recorder of an event, in a word. */
export function recorderOf({ data }: VisitEvent): 'center' | 'provider' | 'client' {
  const { by, recordedBy } = data as Readonly<{
    by?: Readonly<{ role: string }>;
    recordedBy?: Readonly<{ role: string }>;
  }>;
  const { role } = recordedBy ?? by ?? { role: 'client' };
  return role === 'contact-center' ? 'center' : role === 'provider' ? 'provider' : 'client';
}

export const recorderName = (who: ReturnType<typeof recorderOf>): string => {
  const words = t();
  return { center: words.byCenter, provider: words.byProvider, client: words.byClient }[who];
};
