import { describe, expect, it } from 'vitest';
import { auditLog, countVisits, linesOf, readSheet } from '../../src/logs.ts';
import { parseLog } from '../../src/wire.ts';
import { arrivals } from './sheet-support.ts';
import { collect } from './support.ts';

describe('the path of a file in place of its text', () => {
  it.each<[string, (path: string) => AsyncIterable<unknown>]>([
    ['auditLog', (path) => auditLog(path)],
    ['parseLog', (path) => parseLog(path)],
    ['linesOf', (path) => linesOf(path)],
    ['readSheet', (path) => readSheet(path, arrivals)],
  ])('is refused by %s, which says what it takes', async (_, read) => {
    for (const path of ['visitas.ndjson', '/srv/marzo 2026/llamadas.CSV', 'C:\\datos\\visitas.jsonl']) {
      await expect(collect(read(path))).rejects.toThrow(`not its path; got ${path}. In Node: linesOf(`);
    }
  });

  it('is refused by countVisits', async () => {
    await expect(countVisits('visitas.ndjson')).rejects.toThrow('not its path');
  });

  it('a text in several lines, or of JSON, is not taken for a path', async () => {
    for (const text of ['{"a":"visitas.ndjson"}', 'Visita;Hora\nllamadas.csv', '']) await collect(parseLog(text));
  });
});
