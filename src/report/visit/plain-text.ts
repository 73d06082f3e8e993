/** The report without its page: context, times and sentences as plain text, for readers that print lines of their own. */
import type { VisitEvent } from '../../messages/index.ts';
import { actOfEvent } from '../../visit/table.ts';
import type { Context } from '../context.ts';
import { Html, type Part } from '../html.ts';
import { labelField, listFields } from './shapes.ts';
import { renderValue } from './values.ts';

export { type Fate, listDiscrepancies as discrepanciesOf, type ReportedAct } from '../../reading/reported-acts.ts';
export { listRevisions as revisionsOf, type Revision } from '../../reading/timeline-spans.ts';
export { formatLength, formatSigned, formatWorkedTime, isTime, parseTime, storedLater } from '../clock.ts';
export { debtName } from '../components.ts';
export { type Context as ReportContext, createContext } from '../context.ts';
export { amount, describeFinding } from './findings.ts';
export { integrityFault, integrityText, standing } from './payment.ts';

/** The data of an act apart from its time and author, each with its name. Hashes are left out. */
export function describeFields({ type, data }: VisitEvent, context: Context): readonly (readonly [string, string])[] {
  const act = actOfEvent(type);
  if (act === undefined) return [];
  const values = data as Readonly<Record<string, unknown>>;
  return listFields(act.event, values).flatMap(([field, kind]) => {
    const isNamed = Object.hasOwn(context.words.fields, field);
    const text = kind === 'hash' || !isNamed ? '' : plainText(renderValue(context, kind, values[field]));
    return text.trim() === '' ? [] : [[labelField(context.words, field, kind), text] as const];
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The text of markup: texts of a log are escaped in it, so that every tag is ours. */
function plainText(part: Part): string {
  if (part instanceof Html) {
    const bare = part.markup.replaceAll(/<[^<>]*>/g, '');
    return bare.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
  }
  if (Array.isArray(part)) return part.map(plainText).join('');
  return typeof part === 'string' || typeof part === 'number' ? String(part) : '';
}
