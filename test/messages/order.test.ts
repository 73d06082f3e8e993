import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acts } from '../../src/wire/schemas.ts';

const read = (file: string) => readFileSync(new URL(`../../src/messages/${file}.ts`, import.meta.url), 'utf8');
const chapters = [
  'assignment',
  'transit',
  'arrival',
  'instructions',
  'identity',
  'inspection',
  'materials',
  'work',
  'closing',
  'exceptions',
  'corrections',
  'attestation',
];
const source = chapters.map(read).join('\n');
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);

const commands = Object.values(acts).map((act) => act.command);
const events = Object.values(acts).map((act) => act.event);

describe('the messages', () => {
  it('are declared chapter by chapter in the order of the protocol', () => {
    expect(names(source, /^export type \w+ = Command<'(\w+)'/gm)).toStrictEqual(commands);
    expect(names(source, /^export type \w+ = EventMessage<\s*'(\w+)'/gm)).toStrictEqual(events);
  });

  it('are types of their own names', () => {
    for (const [, name, literal] of source.matchAll(/^export type (\w+) = (?:Command|EventMessage)<\s*'(\w+)'/gm)) {
      expect(name).toBe(literal);
    }
  });

  it('stand in the acts of their chapter in the same order', () => {
    const pairs = [...source.matchAll(/^ {2}readonly (\w+): \[(\w+), (\w+)\];$/gm)];
    expect(pairs.map(([, type]) => type)).toStrictEqual(commands);
    expect(pairs.map(([, , command]) => command)).toStrictEqual(commands);
    expect(pairs.map(([, , , event]) => event)).toStrictEqual(events);
  });

  it('are all exported, each with a docstring that says since when', () => {
    for (const file of ['base', ...chapters, 'union']) {
      expect(read('index')).toContain(`export type * from './${file}.ts';`);
      const documented = names(read(file), /@since 0\.\d+\.0(?: \*\/|\n \*\/)\nexport type (\w+)/g);
      const declared = names(read(file), /^export type (\w+)/gm);
      expect(documented).toStrictEqual(file === 'union' ? declared : declared.filter((name) => name !== 'Acts'));
    }
  });

  it('hold no run-time code', () => {
    for (const file of ['base', ...chapters, 'union', 'index']) {
      expect(read(file)).not.toMatch(/^(?:import|export) (?!type\b)/m);
    }
  });
});
