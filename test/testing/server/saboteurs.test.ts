import { syncServerConformance } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { exampleHost } from './hosts.ts';
import { saboteurs } from './saboteurs.ts';

const names = syncServerConformance(exampleHost().host).cases.map(({ name }) => name);

describe('a server with one fault is noticed', () => {
  it('by many saboteurs, each with a fault of its own', () => {
    expect(saboteurs.length).toBeGreaterThanOrEqual(60);
    expect(new Set(saboteurs.map(({ fault }) => fault)).size).toBe(saboteurs.length);
  });

  it('by every case of the suite: each notices one', () => {
    const killers = new Set(saboteurs.map(({ killedBy }) => killedBy));
    expect([...killers].sort()).toEqual([...names].sort());
  });

  it.each(saboteurs)('$fault: $killedBy', async ({ killedBy, spoil }) => {
    const { host } = exampleHost();
    const server = spoil(async (request) => host.fetch(request.url, request));
    const spoilt = { ...host, fetch: async (input: string, init: RequestInit) => server(new Request(input, init)) };
    const found = syncServerConformance(spoilt as typeof host).cases.find(({ name }) => name === killedBy);
    const error = await found?.run().catch((thrown: Error) => thrown);
    expect(error?.name).toMatch(/^(Conformance|Remote)Error$/);
  });
});
