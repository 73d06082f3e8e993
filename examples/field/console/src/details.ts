/** The data of an event, as pairs of a label and a text. */
import type { VisitEvent } from 'auxilio';
import { describeData, type FormWords, formsEn, formsEsCR } from 'auxilio/forms';
import { commandOf, t } from './app.ts';
import { locale } from './session.ts';

export const formWords = (): FormWords => (locale() === 'en' ? formsEn : formsEsCR);

export type Detail = Readonly<{ label: string; text: string }>;

/** The details of an event in one line: an answer of yes or no with its question. */
export const lineOf = (event: Pick<VisitEvent, 'type' | 'data'>): string =>
  detailsOf(event)
    .map(({ label, text }) => (isYesOrNo.has(text.toLowerCase()) ? `${label} ${text}` : text))
    .join(' · ');

const isYesOrNo: ReadonlySet<string> = new Set(['sí', 'yes', 'no']);

/** The details of an event but its time, in the order of the form of its act; photographs are counted, since they are shown. */
export function detailsOf({ type, data }: Pick<VisitEvent, 'type' | 'data'>): readonly Detail[] {
  const command = commandOf(type);
  if (command === undefined) return [];
  const described = describeData(command, data, formWords()).filter(({ name }) => name !== 'at');
  return described.map(({ name, label, texts }) => ({
    label,
    text: name === 'photos' || name === 'photoIds' ? String(texts.length) : texts.join(', '),
  }));
}

type Side = 'center' | 'provider' | 'client';
type Person = Readonly<{ role: string }>;

const sideOf = ({ role }: Person = { role: 'client' }): Side =>
  role === 'contact-center' ? 'center' : role === 'provider' ? 'provider' : 'client';

/** The recorder of an event, in a word. */
export function recorderOf({ data }: VisitEvent): Side {
  const { by, recordedBy } = data as Readonly<{ by?: Person; recordedBy?: Person }>;
  return sideOf(recordedBy ?? by);
}

/** True for an instruction to go on, as that of an outage: it takes nothing from a provider who did not see it. */
export const letsGoOn = ({ type, data }: VisitEvent): boolean =>
  type === 'InstructionGiven' && (data.decision === 'proceed' || data.decision === 'proceed-with-representative');

const nameOf = (side: Side): string => {
  const words = t();
  return { center: words.byCenter, provider: words.byProvider, client: words.byClient }[side];
};

/** Whose act it is, and who recorded it, where that was another. */
export function authorOf(event: VisitEvent): string {
  const who = recorderOf(event);
  const whose = sideOf((event.data as Readonly<{ by?: Person }>).by);
  return whose === who ? nameOf(who) : t().recordedFor(nameOf(whose), nameOf(who));
}
