import { describe, expect, it } from 'vitest';
import { en } from '../../src/cli/words/en.ts';
import { esCR } from '../../src/cli/words/es-cr.ts';

type Sentence = (...facts: readonly unknown[]) => string;

/** The sentences of a dictionary that take something, by where they stand. */
function sentencesOf(value: unknown, path = ''): readonly (readonly [string, Sentence])[] {
  if (typeof value === 'function') return [[path.slice(1), value as Sentence]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => sentencesOf(inner, `${path}.${name}`));
}

const items = (many: number) => ['uno', 'dos'].slice(0, many);

/** The arguments of each sentence with a count, for each number. */
const counted: Readonly<Record<string, (many: number) => readonly unknown[]>> = {
  'failures.brokenSeal': (many) => ['V-1', many],
  'failures.leftOut': (many) => ['f', many, false, '7'],
  'failures.unread': (many) => ['f', many, true, '7'],
  'output.more': (many) => [many],
  'output.atLines': (many) => (many === 0 ? [['4'], 0] : [['4', '7'], many - 1]),
  'output.summary': (many) => [3, many, 2],
  'output.notes': (many) => [many],
  'output.unplaced': (many) => [many, false],
  'output.seal.broken': (many) => [many],
  'output.seal.head': (many) => [many, 'abc'],
  'output.seal.summary': (many) => [{ visits: 4, sealed: 2, broken: many, sealedLate: many }],
  'output.written': (many) => ['f', many],
  'guess.read': (many) => [many, 2],
  'guess.word': (many) => ['llegó', many],
  'guess.problem': (many) => ['no es un número', many],
  'explore.searched': (many) => [many, many, many],
  'explore.stuck': (many) => [many],
  'explore.cannotEnd': (many) => [many],
  'explore.cannotComplete': (many) => [many],
  'explore.overreach': (many) => [many],
  'explore.broken': (many) => [items(many), many],
  'explore.neverActs': (many) => [items(many)],
  'explore.neverRules': (many) => [items(many)],
  'explore.progress': (many) => [many, many],
};

describe('the words of the command line', () => {
  const english = new Map(sentencesOf(en));

  it('count none, one and many, in both languages', async () => {
    const lines = sentencesOf(esCR).flatMap(([path, sentence]) =>
      [0, 1, 2].flatMap((many) => {
        const facts = counted[path]?.(many);
        if (facts === undefined) return [];
        return [`${path} ${JSON.stringify(facts)}`, `  ${sentence(...facts)}`, `  ${english.get(path)?.(...facts)}`];
      }),
    );
    const summaries = [esCR, en].flatMap(({ output }) => [output.summary(1, 1, 0), output.summary(2, 2, 0)]);
    await expect(`${[...lines, ...summaries].join('\n')}\n`).toMatchFileSnapshot('../golden/cli.words.txt');
  });

  it('separate thousands and decimals as the language does', () => {
    expect(esCR.output.written('f', 12_345).replace(/\s/g, ' ')).toBe('f: 12 345 visitas');
    expect(en.output.written('f', 12_345)).toBe('f: 12,345 visits');
  });
});
