import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acts } from '../../src/wire/schemas.ts';

const read = (file: string) => readFileSync(new URL(`../../src/messages/${file}.ts`, import.meta.url), 'utf8');
const chapters = ['assignment', 'transit', 'arrival', 'inspection', 'materials', 'work', 'closing', 'exceptions'];
const source = chapters.map(read).join('\n');
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);

const commands = Object.values(acts).map((act) => act.command);
const events = Object.values(acts).map((act) => act.event);

describe('the messages', () => {
  it('are declared chapter by chapter in the order of the protocol', () => {
    expect(commands).toHaveLength(47);
    expect(names(source, /^export type \w+ = Command<'(\w+)'/gm)).toStrictEqual(commands);
    expect(names(source, /^export type \w+ = EventMessage<\s*'(\w+)'/gm)).toStrictEqual(events);
  });

  it('are types of their own names', () => {
    for (const [, name, literal] of source.matchAll(/^export type (\w+) = (?:Command|EventMessage)<\s*'(\w+)'/gm)) {
      expect(name).toBe(literal);
    }
  });

  it('stand in the unions and in the map in the same order', () => {
    const union = read('union');
    expect(names(union, /^ {2}\| \w+\.(\w+);?$/gm)).toStrictEqual([...commands, ...events]);
    expect(names(union, /^ {2}readonly (\w+): '\w+';$/gm)).toStrictEqual(commands);
    expect(names(union, /^ {2}readonly \w+: '(\w+)';$/gm)).toStrictEqual(events);
  });

  it('are all exported, each with a docstring that says since when', () => {
    const exported = names(read('index'), /^ {2}(\w+),$/gm);
    const declared = ['base', ...chapters].flatMap((file) => names(read(file), /^export type (\w+)/gm));
    expect(exported).toStrictEqual(declared);
    for (const file of ['base', ...chapters, 'union']) {
      const documented = names(read(file), /@since 0\.1\.0(?: \*\/|\n \*\/)\nexport type (\w+)/g);
      expect(documented).toStrictEqual(names(read(file), /^export type (\w+)/gm));
    }
  });

  it('hold no run-time code', () => {
    for (const file of ['base', ...chapters, 'chain', 'union', 'index']) {
      expect(read(file)).not.toMatch(/^(?:import|export) (?!type\b)/m);
    }
  });
});
