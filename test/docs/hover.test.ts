import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

/** A host's file: what an editor shows for each name in it. */
const file = resolve('test/docs/host.ts');
const source = `
import type { CommandOf, CommandType, EventTypeOf, StartWork, TakePhotosData, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { RuleId } from '../../src/visit/rules.ts';
import type { PhraseKey } from '../../src/words/speech/phrase.ts';
export type Shown = [VisitCommand, VisitEvent, CommandType, EventTypeOf, RuleId, PhraseKey, StartWork, TakePhotosData, 0];
export const data = (command: CommandOf<'TakePhotos'>) => command.data;
`;

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
  lib: ['lib.es2022.d.ts'],
};

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) => {
    const text = name === file ? source : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => dirname(file),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
});

/** The editor's hover at the last occurrence of a text. */
function hover(text: string): string {
  const info = service.getQuickInfoAtPosition(file, source.lastIndexOf(text));
  return ts.displayPartsToString(info?.displayParts);
}

const machinery = /\b(?:in|keyof|extends|infer)\b|\[\d\]|Acts/;

// The first look loads the compiler's program.
beforeAll(() => void hover('VisitCommand,'));

describe('an editor shows names and no machinery', () => {
  it('of the unions, in the order of the protocol', () => {
    expect(hover('VisitCommand,')).toMatch(/= AssignVisit \| AmendAssignment \| .* \| SettleDiscrepancy\n/);
    expect(hover('VisitEvent,')).toMatch(/= VisitAssigned \| AssignmentAmended \| .* \| DiscrepancySettled\n/);
    expect(hover('CommandType,')).toMatch(/ = "AssignVisit" \| "AmendAssignment" \| .* \| "SettleDiscrepancy"\n/);
    for (const ids of ['RuleId,', 'PhraseKey,']) {
      expect(hover(ids)).toMatch(/ = (?:"[a-z-]+" \| )+\.\.\. \d+ more \.\.\. \| "[a-z-]+"\n/);
    }
  });

  it('of the event of each command', () => {
    expect(hover('EventTypeOf,')).toContain(
      '{\n    readonly AssignVisit: "VisitAssigned";\n    readonly AmendAssignment: ',
    );
  });

  it('of one command and of its data', () => {
    expect(hover('StartWork,')).toContain(
      '{\n    readonly type: "StartWork";\n    readonly data: Occurrence;\n    readonly metadata: CommandMetadata;\n}',
    );
    expect(hover('TakePhotosData,')).toContain('= Occurrence & {\n    readonly photos: readonly Photo[];\n}');
    expect(hover('command.data')).toBe('(parameter) command: TakePhotos');
    expect(hover('data;')).toBe('(property) data: TakePhotosData');
  });

  it.each([
    'VisitCommand,',
    'VisitEvent,',
    'CommandType,',
    'EventTypeOf,',
    'RuleId,',
    'PhraseKey,',
    'StartWork,',
    'TakePhotosData,',
    'data;',
  ])('in %s', (name) => {
    expect(hover(name)).not.toMatch(machinery);
  });
});
