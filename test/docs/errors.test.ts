import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readPublicTypes } from '../../scripts/public-types.ts';
import { EXIT } from '../../src/cli/console/context.ts';

const { checker, symbols } = readPublicTypes();
const page = readFileSync('docs/reference/errors.md', 'utf8');

/** Unions of codes that stand within another one on the page, or that say no failure. */
const elsewhere: Readonly<Record<string, string>> = {
  ReceiptReport: 'within ReceiptRefusal',
  BatchErrorCode: 'within BatchRefusal',
  ReplicaProblem: 'within Withheld',
  FieldKind: 'the kinds of values, not of failures',
  ...Object.fromEntries(['DebtKind', 'DocumentKind', 'PauseKind'].map((name) => [name, 'data of an act'])),
  IdentityRejectionReason: 'data of an act',
  PassedReason: 'the event after which a debt is moot',
  EntryStatus: 'how an entry of a timeline stands',
  MaterialsStatus: 'a part of the state',
  VerdictStatus: 'docs/how-to/pay-a-visit.md',
  CommutationVerdict: 'docs/reference/commutation.md',
};

/** The field that holds the code, of types that are objects; of a field of a field, its path. */
const fieldOf: Readonly<Record<string, string>> = {
  SyncReport: 'result',
  ReplicaLoss: 'kind',
  Dossier: 'integrity.reason',
};

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

/** The types of a field, in each part of a union that has it. */
const fieldTypes = (types: readonly ts.Type[], field: string): readonly ts.Type[] =>
  types
    .flatMap((part) => part.getProperty(field) ?? [])
    .flatMap((property) => partsOf(checker.getTypeOfSymbol(property)));

/** The codes of a type: those of a union of texts, or of a field of objects. */
function codesOf(symbol: ts.Symbol): readonly string[] {
  const parts = partsOf(checker.getDeclaredTypeOfSymbol(symbol));
  const isUnion = parts.every((part) => part.isStringLiteral());
  const path = (fieldOf[symbol.name] ?? 'reason').split('.');
  const found = isUnion ? parts : path.reduce(fieldTypes, parts);
  return [...new Set(found.flatMap((one) => (one.isStringLiteral() ? [one.value] : [])))];
}

const byName = new Map(symbols.map(({ symbol }) => [symbol.name, symbol]));

/** The codes that the page lists under each type: the first cells. */
const listed = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [
      section.split('\n')[0] ?? '',
      [...section.replace(/^## [\s\S]*/m, '').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code),
    ]),
);

/** Types whose codes stand partly under another one, to which their sections refer. */
const within: Readonly<Record<string, string>> = { RowProblemCode: 'IssueCode', Dossier: 'ChainFault' };

describe('the page of errors', () => {
  it.each([...listed.keys()])('lists the codes of %s', (name) => {
    const symbol = byName.get(name);
    expect(symbol, `${name} is no export`).toBeDefined();
    const outer = within[name] === undefined ? [] : (listed.get(within[name]) ?? []);
    const codes = codesOf(symbol as ts.Symbol).filter((code) => !outer.includes(code));
    expect([...(listed.get(name) ?? [])].sort()).toEqual([...codes].sort());
  });

  it('lists every union of codes that an entry exports', () => {
    const isOfCodes = (name: string) =>
      /(Code|Kind|Reason|Refusal|Reuse|Fault|Verdict|State|Status|Problem|Report|Loss)$/.test(name);
    const answers = (name: string) => /(Answer|Acts|Unsent)$/.test(name);
    const names = symbols
      .filter(
        ({ symbol }) => symbol.flags & ts.SymbolFlags.TypeAlias && (isOfCodes(symbol.name) || answers(symbol.name)),
      )
      .filter(({ symbol }) => codesOf(symbol).length > 1)
      .map(({ symbol }) => symbol.name);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !listed.has(name) && !(name in elsewhere))).toEqual([]);
  });

  it('lists every error with its code and status', () => {
    const errors = symbols.filter(
      ({ symbol: { name, flags } }) => flags & ts.SymbolFlags.Class && name.endsWith('Error'),
    );
    const field = (symbol: ts.Symbol, name: string) => {
      const property = checker.getDeclaredTypeOfSymbol(symbol).getProperty(name);
      return property === undefined ? '–' : checker.typeToString(checker.getTypeOfSymbol(property));
    };
    const code = (text: string) => (text.startsWith('"store-') ? '`store-…`' : text.replaceAll('"', '`'));
    const status = (text: string) => (text === 'number' ? 'by `reason`' : text.replaceAll(' | ', ', '));
    const isStatus = (text: string) => (text === 'number | undefined' ? '–' : status(text));
    const rows = errors.map(({ symbol }) =>
      [`\`${symbol.name}\``, code(field(symbol, 'code')), isStatus(field(symbol, 'errorCode'))].join(' | '),
    );
    const section = /^## Errors that are thrown$(.*?)^## /ms.exec(page)?.[1] ?? '';
    const shown = [...section.matchAll(/^\| (`\w+` \| [^|]+ \| [^|]+) \|/gm)].map(([, row]) => row);
    expect(rows.length).toBeGreaterThan(20);
    expect(shown.toSorted()).toEqual(rows.toSorted());
  });

  it('has the exit codes of the command line where it says', () => {
    const [, table = ''] = /^### Exit codes$(.*?)^An /ms.exec(readFileSync('docs/cli.md', 'utf8')) ?? [];
    expect([...table.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(EXIT));
  });
});
