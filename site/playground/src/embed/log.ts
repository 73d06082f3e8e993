import type { VisitEvent } from 'auxilio';
import { parseEvent } from 'auxilio/wire';

/** The log of one visit, and the number of its lines that cannot be read; or the reason why there is none. */
export type ReadLog =
  | Readonly<{ ok: true; log: readonly VisitEvent[]; unreadable: number }>
  | Readonly<{ ok: false; problem: 'unreachable' | 'empty' }>;

/** Reads a log from its address, or from a text: of several visits, the first. */
export async function readLog(src: string | null, text: string): Promise<ReadLog> {
  if (src === null) return parse(text);
  try {
    const response = await fetch(src);
    return response.ok ? parse(await response.text()) : { ok: false, problem: 'unreachable' };
  } catch {
    return { ok: false, problem: 'unreachable' };
  }
}

function parse(text: string): ReadLog {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const parsed = lines.filter((line) => line.trim() !== '').map((line) => parseEvent(line.trim()));
  const events = parsed.flatMap((one) => (one.ok ? one.value : []));
  const log = events.filter(({ data }) => data.visitId === events[0]?.data.visitId);
  if (log.length === 0) return { ok: false, problem: 'empty' };
  return { ok: true, log, unreadable: parsed.length - events.length };
}
