import type { VisitEvent } from '../../messages/index.ts';
import type { Context as ReportContext } from '../../report/context.ts';
import { Html, type Part } from '../../report/html.ts';
import { shapeOf } from '../../report/visit/shapes.ts';
import { inWords } from '../../report/visit/values.ts';
import { actOfEvent } from '../../visit/table.ts';
import { sanitize } from '../sanitize.ts';

/** The data of an act apart from its time and author, each with its name, as in the report. Hashes are left out. */
export function detailsOf({ type, data }: VisitEvent, report: ReportContext): readonly string[] {
  const act = actOfEvent(type);
  if (act === undefined) return [];
  const said = data as Readonly<Record<string, unknown>>;
  return shapeOf(act.event, said).flatMap(([field, kind]) => {
    const isNamed = Object.hasOwn(report.words.fields, field);
    const value = kind === 'hash' || !isNamed ? '' : sanitize(textOf(inWords(report, kind, said[field]))).trim();
    return value === '' ? [] : [`${report.words.fields[field]}: ${value}`];
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The text of markup: texts of a log are escaped in it, so that every tag is ours. */
function textOf(part: Part): string {
  if (part instanceof Html) {
    const bare = part.markup.replaceAll(/<[^<>]*>/g, '');
    return bare.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
  }
  if (Array.isArray(part)) return part.map(textOf).join('');
  return typeof part === 'string' || typeof part === 'number' ? String(part) : '';
}
