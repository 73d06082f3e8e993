/** Two writers: whatever the weather was, what either side was told is recorded is in the log once, and both have that log. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { phoneActs } from '../../site/playground/src/writers/acts.ts';
import { troubles, weathers } from '../../site/playground/src/writers/network.ts';
import { readScene } from '../../site/playground/src/writers/scene.ts';
import { type Move, play, playStory, readMoves, writeMoves } from '../../site/playground/src/writers/story.ts';
import type { World } from '../../site/playground/src/writers/world.ts';
import type { VisitEvent } from '../../src/index.ts';
import { runs } from '../support/runs.ts';

const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});

async function tell(seed: number, moves: readonly Move[]): Promise<World> {
  const world = await playStory({ seed, moves });
  worlds.push(world);
  return world;
}

/** The times that the log has an act under an id: as an event, or as an act of a report. */
const timesRecorded = (log: readonly VisitEvent[], commandId: string): number =>
  log.filter(
    (event) =>
      // The acts that a settlement takes are on record under its id; the settlement is one of them.
      (event.metadata?.commandId === commandId &&
        (event.metadata.commandId.startsWith('phone') || isLast(log, event))) ||
      (event.type === 'DiscrepancyReported' && event.data.acts.some((act) => act.commandId === commandId)),
  ).length;

const isLast = (log: readonly VisitEvent[], { metadata }: VisitEvent): boolean =>
  log.findLast((event) => event.metadata?.commandId === metadata?.commandId)?.metadata?.eventId === metadata?.eventId;

async function expectAgreement(world: World): Promise<void> {
  const log = await world.server.readLog();
  const phone = await world.readPhone();
  const { heads, fates } = await readScene(world);
  expect(phone.pending).toEqual([]);
  expect(phone.verdict).toBe('received');
  expect(phone.events).toEqual(log);
  expect(heads.phone).toEqual(heads.center);
  expect(heads.center?.count).toBe(log.length);
  expect(world.acknowledged.map((id) => [id, timesRecorded(log, id)])).toEqual(world.acknowledged.map((id) => [id, 1]));
  expect(fates.map(({ state }) => state)).not.toContain('waiting');
}

const move = fc.oneof(
  { weight: 12, arbitrary: fc.constant('d') },
  { weight: 3, arbitrary: fc.constantFrom(...phoneActs.map((type) => `p:${type}`)) },
  { weight: 2, arbitrary: fc.constantFrom('s', 'x:take', 'x:leave', 'q:estimate', 'q:shown') },
  { weight: 2, arbitrary: fc.constantFrom(...weathers.map((weather) => `w:${weather}`)) },
  { weight: 1, arbitrary: fc.constantFrom(...troubles.map((trouble) => `t:${trouble}`)) },
  { weight: 1, arbitrary: fc.integer({ min: -180, max: 180 }).map((minutes) => `k:${minutes}`) },
  { weight: 2, arbitrary: fc.constantFrom('c:cancel', 'c:proceed', 'c:close', 'c:arrival', 'c:start', 'c:amend') },
);

describe('two writers in any weather', () => {
  it('agree on one log when fair weather returns, with each acknowledged act in it once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(9_999), fc.array(move, { maxLength: 40 }), async (seed, moves) => {
        const world = await playStory({ seed, moves });
        try {
          await play(world, 'f');
          await expectAgreement(world);
        } finally {
          world.close();
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('show each fate of a message, and what becomes of the acts, on one day in a storm', async () => {
    const world = await tell(59, ['w:storm', ...Array<Move>(18).fill('d')]);
    const seen = new Set<string>();
    const look = async () => {
      for (const { state } of (await readScene(world)).fates) seen.add(state);
    };
    for (const step of [...Array<Move>(22).fill('d'), 'f', 'x:leave', 'f']) {
      await look();
      await play(world, step);
    }
    await look();
    await expectAgreement(world);
    expect([...seen].sort()).toEqual(['left', 'recorded', 'reported', 'twin', 'waiting']);
    const fates = new Set(world.network.messages.map(({ fate }) => fate));
    expect([...fates].sort()).toEqual(['answer-lost', 'answered', 'doubled', 'late', 'request-lost']);
  });
});

describe('a discrepancy', () => {
  const offline = ['t:offline', 'p:RecordArrival', 'p:ShowCredential', 'c:cancel', 't:offline', 's'];
  const statesOf = async (world: World) => (await readScene(world)).fates.map(({ state }) => state);

  it('has the acts that the center excluded meanwhile, each lawful on what the phone knew', async () => {
    const world = await tell(1, offline);
    expect(await statesOf(world)).toEqual(['reported', 'reported']);
    const { acts } = (await readScene(world)).case;
    expect(acts.map(({ type, kind, lawfulThen }) => [type, kind, lawfulThen])).toEqual([
      ['ProviderArrived', 'root', true],
      ['CredentialShown', 'root', true],
    ]);
    expect(acts[0]?.violations).toMatchObject([{ clause: '1.1-10' }]);
  });

  it('is settled by taking its acts on record, or by leaving them out', async () => {
    const taken = await tell(1, [...offline, 'x:take', 'f']);
    expect(await statesOf(taken)).toEqual(['taken', 'taken']);
    expect((await taken.readPhone()).confirmed.arrival.arrivedAt).not.toBeNull();
    await expectAgreement(taken);
    const left = await tell(1, [...offline, 'x:leave', 'f']);
    expect(await statesOf(left)).toEqual(['left', 'left']);
    expect((await left.readPhone()).confirmed.arrival.arrivedAt).toBeNull();
    await expectAgreement(left);
  });

  it('cannot be taken once the visit has ended: the refusal is kept for the screen', async () => {
    const world = await tell(1, [...offline, 'c:close', 'x:take']);
    expect(world.state.refusal).toMatchObject({ by: 'center', violations: [{ rule: 'acts-not-ended' }] });
  });
});

describe('a story', () => {
  it('plays the same from its address', async () => {
    const moves = ['w:gale', ...Array<Move>(20).fill('d'), 'k:25', 't:doubled', 'p:TakePhotos', 's', 'f', 'x:take'];
    const written = writeMoves(moves);
    expect(written).toBe('w:gale.20d.k:25.t:doubled.p:TakePhotos.s.f.x:take');
    expect(readMoves(written)).toEqual(moves);
    const [one, other] = [await tell(6, moves), await tell(6, readMoves(written))];
    expect(await other.server.readLog()).toEqual(await one.server.readLog());
    expect(other.network.messages).toEqual(one.network.messages);
  });

  it('leaves out what is no move', async () => {
    expect(readMoves('')).toEqual([]);
    expect(readMoves('<script>.3d.p:Nothing.x')).toEqual(['d', 'd', 'd', 'p:Nothing', 'x']);
    expect(readMoves('999d')).toHaveLength(500);
    const world = await tell(1, ['p:Nothing', 'w:hail', 'k:soon', 'x', 'q:estimate']);
    expect(await world.server.readLog()).toHaveLength(1);
  });
});

describe('a phone whose clock is off', () => {
  it('asks which time is right, and records the one that its user confirms', async () => {
    const world = await tell(1, ['k:25', 'p:RecordArrival']);
    expect(world.state.question).toMatchObject({ type: 'RecordArrival' });
    expect((await world.readPhone()).pending).toEqual([]);
    const { estimate = '' } = world.state.question ?? {};
    await play(world, 'q:estimate');
    expect((await world.readPhone()).local.arrival.arrivedAt).toBe(estimate);
  });
});
