import { storeConformance } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { kills, runOn } from './kills.ts';
import { memoryHost } from './memory-host.ts';
import { saboteurs } from './saboteurs/index.ts';

const honest = storeConformance(memoryHost());
const names = honest.cases.map(({ name }) => name);

describe('an honest store passes', () => {
  it.each(honest.cases.map(({ name, run }) => ({ name, run })))('$name', ({ run }) => run());
});

describe('a store with one fault is noticed', () => {
  it('by many saboteurs, each with a fault of its own', () => {
    expect(saboteurs.length).toBeGreaterThanOrEqual(100);
    expect(new Set(saboteurs.map(({ fault }) => fault)).size).toBe(saboteurs.length);
  });

  it('by every case of the suite: each kills one', () => {
    const killers = new Set(kills.map(({ killedBy }) => killedBy));
    expect(names.filter((name) => !killers.has(name))).toEqual([]);
    expect([...killers].filter((name) => !names.includes(name))).toEqual([]);
  });

  it.concurrent.each(kills)('$fault: $killedBy', async ({ fault, killedBy }) => {
    await expect(runOn(fault, killedBy)).rejects.toThrow();
  });
});
