import { type BoardPage, boardPageOf, type SearchResult, visitTimeline } from 'auxilio/service';
import { isId } from '../../http/access.ts';
import { dialled } from './dialled.ts';
import type { Field, FieldAsked } from './field.ts';
import type { FieldRow } from './read-models.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { calledBy } from './telephones.ts';
import { viewFor } from './views.ts';

/** A page of the board, at the time of the server. */
type BoardReply = BoardPage<FieldRow> & { readonly serverTime: string };

/** `GET /api/board?after=&maxCount=&now=`: those first that have waited longest. */
export async function showBoard(field: Field, { query }: FieldAsked): Promise<Response> {
  const { models, policy, now } = field;
  const maxCount = Number(query.get('maxCount') ?? '200');
  const at = query.get('now') ?? now();
  const rows = await models.board();
  const page = pageOf(rows, { now: at, maxCount, after: query.get('after') ?? '', ...(policy && { policy }) });
  const body: BoardReply = { ...page, serverTime: at };
  return jsonReply(body);
}

function pageOf(...parameters: Parameters<typeof boardPageOf<FieldRow>>): BoardPage<FieldRow> {
  try {
    return boardPageOf(...parameters);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal('bad-request', { at: error.message.split(' ')[0] });
  }
}

/** A person's title before the name, as the screens say it. */
const title = /(?<!\S)(don|doña)\s+(?=\S)/giu;

/** `GET /api/search?q=`: visits by case number, provider and client, or, for the center, by the whole telephone number of one of them. */
export async function search(field: Field, { query, session }: FieldAsked): Promise<Response> {
  const text = query.get('q') ?? '';
  if (text.length > 200) throw new Refusal('bad-request', { at: 'q' });
  // The numbers are the center's.
  const digits = session?.role === 'payer' ? null : dialled(text);
  const callers = digits === null ? [] : await calledBy(field, digits);
  const texts = [text.normalize().replaceAll(title, ''), ...callers];
  const found = await Promise.all(texts.map((each) => field.models.find(each, 20)));
  const visits = new Map(found.flatMap((one) => one.visits).map((visit) => [visit.visitId, visit]));
  return jsonReply({ visits: [...visits.values()], more: found.some(({ more }) => more) } satisfies SearchResult);
}

/** `GET /api/visits/:visitId/timeline`: of the events that the caller may see. */
export async function showTimeline(field: Field, asked: FieldAsked): Promise<Response> {
  const visitId = asked.param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const { events } = await viewFor(field, asked, visitId);
  const { policy } = field;
  const timeline = visitTimeline(events, policy === undefined ? {} : { policy });
  return jsonReply({ ...timeline, version: events.length });
}
