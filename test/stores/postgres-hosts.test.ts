import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostPools, primaryPool } from '../../src/stores/postgres/hosts.ts';
import { listConnections } from '../../src/stores/postgres/options.ts';
import type { OwnPool, PostgresClient } from '../../src/stores/postgres/pool.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

type Answer = { timeline: number; incarnation: string } | 'standby' | 'refuses' | 'silent';

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});
afterEach(() => clock.restore());

const timeouts = { connect: 5000, lock: 5000, statement: 5000, answer: 5000 };
const primary = (timeline: number, incarnation: string): Answer => ({ timeline, incarnation });

type Answers = { a: Answer; b: Answer; c?: Answer };
type Name = keyof Answers;

/** Hosts that answer as the test says, and what was done with them. */
function hostsOf(answers: Answers) {
  const asked: string[] = [];
  const abandoned: string[] = [];
  const held: (() => void)[] = [];
  const query = async (name: Name) => {
    const answer = answers[name];
    if (answer === 'silent') await new Promise<void>((resolve) => void held.push(resolve));
    const now = answers[name];
    if (typeof now !== 'object') return { command: 'SELECT', rowCount: 0, rows: [] };
    const file = `${now.timeline.toString(16).padStart(8, '0')}0000000000000001`;
    return { command: 'SELECT', rowCount: 1, rows: [{ file, incarnation: now.incarnation }] };
  };
  const poolOf = (name: Name, isQuestion: boolean): OwnPool => ({
    pool: {
      ending: false,
      on: () => undefined,
      off: () => undefined,
      connect(callback) {
        if (isQuestion) asked.push(name);
        const client = {
          query: () => query(name),
          on: () => undefined,
          off: () => undefined,
          release: () => undefined,
        };
        if (answers[name] === 'refuses') callback(new Error('connect ECONNREFUSED'), undefined);
        else callback(undefined, client as unknown as PostgresClient);
      },
    },
    end: async () => undefined,
    abandon: () => void abandoned.push(name),
  });
  const opened = new Map<object, string>();
  const hosts = (Object.keys(answers) as Name[]).map(
    (name): HostPools => ({
      name,
      questions: poolOf(name, true),
      openPool: () => {
        const own = poolOf(name, false);
        opened.set(own.pool, name);
        return own;
      },
    }),
  );
  const source = primaryPool(async () => hosts, timeouts);
  const open = async () => opened.get(await clock.run(source.open()));
  const review = () => clock.run(source.hosts?.review() ?? Promise.resolve());
  const answerHeld = () => {
    for (const answer of held.splice(0)) answer();
    return clock.turns();
  };
  return { answers, asked, abandoned, source, open, review, answerHeld };
}

describe('the primary of several hosts', () => {
  it('is found behind a dead first host and a standby', async () => {
    const { open } = hostsOf({ a: 'refuses', b: 'standby', c: primary(1, 'c') });
    expect(await open()).toBe('c');
  });

  it('is found within half a second beside a host that accepts and never answers', async () => {
    const { open } = hostsOf({ a: 'silent', b: primary(1, 'b') });
    expect(await open()).toBe('b');
    expect(clock.now()).toBe(500);
  });

  it('is the one with the highest timeline: a former primary answers, too', async () => {
    const { open } = hostsOf({ a: primary(1, 'a'), b: primary(2, 'b') });
    expect(await open()).toBe('b');
  });

  it('is not a former primary, although the one that was seen is gone', async () => {
    const { answers, abandoned, open, review } = hostsOf({ a: primary(1, 'a'), b: primary(2, 'b') });
    expect(await open()).toBe('b');
    answers.b = 'refuses';
    await review();
    expect(abandoned).toEqual(['b']);
    await expect(open()).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('a is the primary of timeline 1, but 2 was seen; b cannot be reached'),
    });
  });

  it('is neither of two servers of one timeline', async () => {
    const { open } = hostsOf({ a: primary(2, 'a'), b: primary(2, 'b') });
    await expect(open()).rejects.toThrow('a and b are both primaries of timeline 2: stop one of them');
  });

  it('may have two names', async () => {
    const { open } = hostsOf({ a: primary(2, 'same'), b: primary(2, 'same') });
    expect(await open()).toBe('a');
  });

  it('may have another name than before', async () => {
    const { answers, abandoned, open, review } = hostsOf({ a: primary(2, 'same'), b: primary(2, 'same') });
    expect(await open()).toBe('a');
    answers.a = primary(1, 'former');
    await review();
    expect(abandoned).toEqual(['a']);
    expect(await open()).toBe('b');
  });

  it('may answer late: the store moves to it', async () => {
    const { answers, abandoned, open, answerHeld } = hostsOf({ a: primary(1, 'a'), b: 'silent' });
    expect(await open()).toBe('a');
    answers.b = primary(2, 'b');
    await answerHeld();
    expect(abandoned).toEqual(['a']);
    expect(await open()).toBe('b');
  });

  it('is waited for, from one question to the next, until the time is up', async () => {
    const { answers, asked, open } = hostsOf({ a: 'standby', b: 'standby' });
    await expect(open()).rejects.toThrow('no host is the primary: a is a standby; b is a standby');
    expect(clock.now()).toBeGreaterThanOrEqual(5000);
    expect(asked.length).toBeLessThan(60);
    answers.a = primary(2, 'a');
    expect(await open()).toBe('a');
  });

  it('is asked for once by all that wait', async () => {
    const { asked, open } = hostsOf({ a: primary(1, 'a'), b: 'standby' });
    const found = await Promise.all(Array.from({ length: 50 }, open));
    expect(new Set(found)).toEqual(new Set(['a']));
    expect(asked).toEqual(['a', 'b']);
  });

  it('keeps its connections while it is reviewed, also while it is silent, until another one is found', async () => {
    const { answers, abandoned, source, open, review } = hostsOf({ a: primary(1, 'a'), b: 'standby' });
    expect(await open()).toBe('a');
    await review();
    answers.a = 'silent';
    await review();
    expect([abandoned, source.hosts?.moves()]).toEqual([[], 0]);
    answers.b = primary(2, 'b');
    await review();
    expect([abandoned, source.hosts?.moves()]).toEqual([['a'], 1]);
    expect(await open()).toBe('b');
  });
});

describe('a connection string', () => {
  it('may name several hosts', () => {
    const names = (connectionString: string) => listConnections({ connectionString });
    expect(names('postgres://user:p%40ss@one:5432,two/visits?sslmode=require')).toEqual([
      { name: 'one:5432', connection: { connectionString: 'postgres://user:p%40ss@one:5432/visits?sslmode=require' } },
      { name: 'two', connection: { connectionString: 'postgres://user:p%40ss@two/visits?sslmode=require' } },
    ]);
    expect(names('postgresql://one/visits')).toHaveLength(1);
  });
});
