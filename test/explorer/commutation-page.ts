import { readFileSync } from 'node:fs';
import type { CommutationVerdict } from '../../src/testing/explore/commutation.ts';

/** A row of the list of conflicts: two acts that do not commute after a history, and the reason. */
type PageConflict = {
  readonly provider: string;
  readonly center: string;
  readonly symbol: string;
  readonly history: readonly string[];
  readonly reason: string;
};

/** The content of the committed page. */
export type Page = {
  readonly text: string;
  /** The symbol of each pair, by `provider center`. */
  readonly symbols: ReadonlyMap<string, string>;
  readonly conflicts: readonly PageConflict[];
};

/** Reads the committed page. */
export function readPage(): Page {
  const text = readFileSync('docs/reference/commutation.md', 'utf8');
  const histories = numbered(sectionOf(text, 'Histories')).map((line) => line.split(' · '));
  return {
    text,
    symbols: symbolsOf(sectionOf(text, 'Every pair')),
    conflicts: rowsOf(sectionOf(text, 'Pairs that do not always commute')).map(
      ([provider = '', center = '', symbol = '', after = '', reason = '']) => {
        const history = histories[Number(after) - 1] ?? ['no such history'];
        return { provider, center, symbol, history, reason };
      },
    ),
  };
}

const sectionOf = (text: string, title: string) => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const numbered = (section: string) => [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, line]) => line ?? '');

/** The cells of a table, without its head. */
function rowsOf(section: string): string[][] {
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function symbolsOf(section: string): ReadonlyMap<string, string> {
  const centers = numbered(section);
  return new Map(
    rowsOf(section).flatMap(([provider = '', ...cells]) =>
      centers.map((center, index): [string, string] => [`${provider} ${center}`, cells[index] ?? 'missing']),
    ),
  );
}

/** The verdict of a symbol. */
export function verdictOf(symbol: string | undefined): CommutationVerdict {
  if (symbol === '') return 'nowhere';
  if (symbol?.startsWith('✓')) return 'always';
  if (symbol?.startsWith('~')) return 'sometimes';
  if (symbol?.startsWith('✗')) return 'never';
  throw new Error(`no symbol of a verdict: ${symbol}`);
}
