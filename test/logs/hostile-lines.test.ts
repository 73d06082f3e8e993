import { readFileSync } from 'node:fs';
import { auditLog, auditSheet, countVisits, linesOf, parseMapping, type SheetMapping } from 'auxilio/logs';
import { parseLog } from 'auxilio/wire';
import { expect, test } from 'vitest';
import { collect } from './support.ts';

const mapping: SheetMapping = JSON.parse(readFileSync('examples/foreign-sheet/mapping.json', 'utf8'));
const texts = ['[', '{"a":', 'x', '"data":{"visitId":', '{"data":{"visitId":"v-1","itId"'];
const long = 8 << 20;

test.each(texts)('one line of many times %s is one issue, and not kept by its pieces', async (text) => {
  const line = text.repeat(long / text.length);
  const tooLarge = [{ path: '', code: 'too-large' }];
  expect(await collect(parseLog([line]))).toMatchObject([{ ok: false, issues: tooLarge }]);
  for (const lines of [[line], linesOf(line)]) {
    const audits = await collect(auditLog(lines));
    expect(audits.map(({ visitId, audit }) => [visitId, audit.findings])).toMatchObject([
      [null, [{ kind: 'unreadable', line: 1, facts: { issues: tooLarge } }]],
    ]);
  }
  expect(await countVisits([line])).toEqual(new Map());
});

test.each(texts)('a sheet of one line of many times %s has one problem', async (text) => {
  const line = text.repeat(long / text.length);
  const json = await collect(auditSheet(line, { ...mapping, format: 'json' }));
  expect(json.flatMap(({ audit }) => audit.findings)).toMatchObject([{ kind: 'unreadable', line: 1 }]);
  const csv = await collect(auditSheet(line, mapping));
  expect(csv.flatMap(({ audit }) => audit.findings.map(({ kind }) => kind))).toContain('unreadable');
});

test('a list of many levels is no mapping, and no list of rows', async () => {
  const nested = `${'['.repeat(long / 2)}${']'.repeat(long / 2)}`;
  expect(parseMapping(nested)).toEqual({ ok: false, issues: [{ path: [], code: 'invalid-json' }] });
  const audits = await collect(auditSheet(nested, { ...mapping, format: 'json' }));
  expect(audits.flatMap(({ audit }) => audit.findings)).toMatchObject([
    { kind: 'unreadable', line: 1, facts: { problems: [{ code: 'invalid-json' }] } },
  ]);
});
