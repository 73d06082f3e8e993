import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { audit, commands, dossier, type VisitCommand, type VisitEvent } from 'auxilio';
import { verifyChain } from 'auxilio/chain';
import { memoryStore } from 'auxilio/memory';
import { createService, type PersonalMetadata } from 'auxilio/service';
import { simulate, visitAt } from 'auxilio/testing';
import { parseEvent } from 'auxilio/wire';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { folderInProject } from '../support/folder-in-project.ts';
import { runs } from '../support/runs.ts';
import { codec, keys } from './host-codec.ts';

const folder = folderInProject('snippets-');
afterAll(() => rmSync(folder, { recursive: true }));

it('the page about erasure prints what its comments say', async () => {
  const page = readFileSync('docs/how-to/erase-personal-data.md', 'utf8');
  const [, code = ''] = /^```ts\n(.*?)^```/ms.exec(page) ?? [];
  const said = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  writeFileSync(join(folder, 'page.ts'), code);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import(pathToFileURL(resolve(folder, 'page.ts')).href);
  const printed = log.mock.calls.map((values) => values.join(' '));
  log.mockRestore();
  expect(said.length).toBeGreaterThan(6);
  expect(printed).toEqual(said);
});

function opened() {
  const store = memoryStore();
  const texts = async (visitId: string) => (await store.readStored(`visit-${visitId}`)).map(({ text }) => text);
  return { service: createService({ store, codec }), texts };
}

/** The verdict on a log, without the belongings that are on no list: their texts are compared, and were erased. */
function judged(events: readonly VisitEvent[]) {
  const { clean, findings } = audit(events);
  return { clean, findings: findings.filter(({ facts }) => !('unlisted' in (facts ?? {}))) };
}

describe('the codec of a host', () => {
  it('leaves valid data, the same audit and an intact chain of every kind of visit', async () => {
    const { service, texts } = opened();
    for (const { visitId, commands, events } of simulate({ visits: runs(40), seed: 4 })) {
      for (const command of commands) expect(await service.handle(command)).toMatchObject({ ok: true });
      const before = (await service.load(visitId)).events;
      expect(before.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
      keys.set(visitId, null);
      const after = (await service.load(visitId)).events;
      expect(after.filter((event) => !parseEvent(event).ok)).toEqual([]);
      expect(judged(after)).toEqual(judged(before));
      expect(dossier(after).payment).toEqual(dossier(before).payment);
      expect(verifyChain((await texts(visitId)).map((text) => JSON.parse(text))).intact).toBe(true);
    }
  });

  it('covers the acts of a report, and stores nothing personal once the key is deleted', async () => {
    const { service, texts } = opened();
    const { visitId, next, commands: done, state } = visitAt('working');
    for (const command of done) await service.handle(command);
    const provider = { role: 'provider', id: state.provider?.id ?? '' } as const;
    const position = { latitude: 9.987654, longitude: -84.1 };
    const despite = { by: 'Marta secreta', reason: 'secreto' };
    const photo = { photoId: 'p-9', sha256: 'abcd'.repeat(16), takenAt: next };
    const ofPhone: Required<Omit<PersonalMetadata, 'source'>> = {
      device: 'teléfono secreto',
      enteredAt: '2026-03-17T23:59:59.000Z',
      despite,
      signature: 'secret..secret',
    };
    const recorded = [
      commands.recordArrival({ visitId, at: next, position }, provider, 'c-1'),
      commands.takePhotos({ visitId, at: next, photos: [photo] }, provider, 'c-2'),
    ].map((command) => ({ ...command, metadata: { ...command.metadata, ...ofPhone } }) as VisitCommand);
    const { outcomes } = await service.sync({ visitId, basedOn: 3, commands: recorded }, provider);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
    const personal = /secret|Rojas|abcdabcd|9\.987654|23:59:59/;
    expect(JSON.stringify((await service.load(visitId)).events)).toMatch(personal);

    keys.set(visitId, null);
    const center = { role: 'contact-center', id: 'op-7' } as const;
    const breach = { visitId, at: next, kind: 'other', detail: 'secreto' } as const;
    expect(await service.handle(commands.reportConductBreach(breach, center))).toMatchObject({ ok: true });
    const { events } = await service.load(visitId);
    expect(events.filter((event) => !parseEvent(event).ok)).toEqual([]);
    expect(
      events
        .slice(-3)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['ConductBreachReported', 'DiscrepancyReported', 'PhotosTaken']);
    for (const text of [JSON.stringify(events), ...(await texts(visitId))]) expect(text).not.toMatch(personal);
  });
});
