import { readFileSync } from 'node:fs';
import {
  ConformanceError,
  describeCapability,
  type OpenedStore,
  type StoreCapability,
  type StoreCase,
  storeCapabilities,
  storeConformance,
} from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../src/memory.ts';
import type { EventStore } from '../../../src/stores/event-store.ts';
import { lateHost } from './late-host.ts';
import { type Handle, memoryHost } from './memory-host.ts';
import { appending } from './saboteurs/saboteur.ts';

const open = () => ({ store: memoryStore() });
const caseOf = (cases: readonly StoreCase[], part: string) => {
  const found = cases.find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`no case ${part}`);
  return found;
};

/** The hook of a capability, as its refusal names it. */
function hookShown(capability: StoreCapability): string {
  try {
    storeConformance({ open, capabilities: [capability] });
    return '';
  } catch (error) {
    return `\`${String(error).split(' ').at(-1)}\` `;
  }
}

describe('what a store claims', () => {
  it('is run, and append always; the rest is reported with the names of its cases', () => {
    const { cases, unclaimed } = storeConformance({ open, capabilities: ['ranges'] });
    const run = cases.filter(({ skip }) => skip === false);
    expect(new Set(run.map(({ capability }) => capability))).toEqual(new Set(['append', 'ranges']));
    expect(unclaimed.map(({ capability }) => capability)).toEqual(
      storeCapabilities.filter((one) => one !== 'append' && one !== 'ranges'),
    );
    const skipped = cases.filter(({ skip }) => skip !== false).map(({ name }) => name);
    expect(new Set(unclaimed.flatMap((one) => one.cases))).toEqual(new Set(skipped));
  });

  it('decides about cases that need several capabilities, which say what is missing', () => {
    const { cases } = storeConformance({ open, capabilities: ['aggregate'] });
    expect(caseOf(cases, 'a range folds only').skip).toBe('not claimed: ranges, expectations');
    expect(caseOf(cases, 'the events are folded').skip).toBe(false);
  });

  it('may be a part of the port: a store of streams alone', async () => {
    const streams = () => {
      const { readStream, appendToStream, streamExists } = memoryStore();
      return { store: { readStream, appendToStream, streamExists } };
    };
    const { cases } = storeConformance({ open: streams, capabilities: ['expectations', 'ranges', 'backwards'] });
    const run = cases.filter(({ skip }) => skip === false);
    expect(run.length).toBeGreaterThan(10);
    for (const { run: runCase } of run) await runCase();
  });

  it('leaves nothing unclaimed when all is claimed, and each capability has a case and a sentence', () => {
    const { cases, unclaimed } = storeConformance(memoryHost());
    expect(unclaimed).toEqual([]);
    expect(new Set(cases.map(({ capability }) => capability))).toEqual(new Set(storeCapabilities));
    expect(storeCapabilities.filter((one) => describeCapability(one).length < 20)).toEqual([]);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ name, capability }) => !name.startsWith(`${capability}: `))).toEqual([]);
  });

  it('stands in the docs, with the hook that it needs', () => {
    const page = readFileSync('docs/store-conformance.md', 'utf8');
    const [, listed = ''] =
      page.match(/<!-- the capabilities -->\n\n([\s\S]*)\n\n<!-- the end of the capabilities -->/) ?? [];
    const rows = storeCapabilities.map((one) => `| \`${one}\` | ${describeCapability(one)} | ${hookShown(one)}|`);
    expect(listed.split('\n').slice(2)).toEqual(rows);
  });

  it('is refused where the hook is missing that it needs, or where there is no such capability', () => {
    expect(() => storeConformance({ open, capabilities: ['reopen'] })).toThrow(/claim reopen, .* the hook reopen/);
    expect(() => storeConformance({ open, capabilities: ['transactions'] })).toThrow(/the hook notes/);
    expect(() => storeConformance({ open, capabilities: ['speed' as 'feed'] })).toThrow(/Unknown capability speed/);
  });
});

describe('a process that is killed', () => {
  it.each(['loses nothing', 'may be appended again'])(
    'may have sent an append that is committed only later: %s',
    async (part) => {
      const { cases } = storeConformance(lateHost());
      await caseOf(
        cases.filter(({ capability }) => capability === 'processes'),
        part,
      ).run();
    },
  );

  it('may have sent an append that is committed once the feed was read after a crash', async () => {
    const crash = ({ place }: Handle): Handle => {
      let isSent = true;
      const readFeed: EventStore['readFeed'] = async (range) => {
        const page = await place.base.readFeed(range);
        if (!isSent || page.length > 0) return page;
        isSent = false;
        await place.base.appendToStream('shared', [{ type: 'Late', data: {} }]);
        return page;
      };
      return { place, store: { ...place.base, readFeed } as EventStore };
    };
    const { cases } = storeConformance(memoryHost({ host: { crash } }));
    await caseOf(cases, 'crash: the feed').run();
  });

  it('is no excuse for a conflict at the current version', async () => {
    const refusing = appending((honest) => async (name, events, options) => {
      if (typeof options?.expectedStreamVersion !== 'bigint') return honest.appendToStream(name, events, options);
      return honest.appendToStream(name, events, { expectedStreamVersion: options.expectedStreamVersion - 1n });
    });
    const { cases } = storeConformance(memoryHost(refusing));
    await expect(caseOf(cases, 'processes: a killed process').run()).rejects.toThrow(
      'which is the current one, was refused',
    );
  });
});

describe('a case that does not run', () => {
  const { cases } = storeConformance({ open, capabilities: [] });
  const unclaimed = caseOf(cases, 'feed: an empty store');

  it('is skipped through the context of the runner', async () => {
    const said: unknown[] = [];
    await unclaimed.run({ skip: (why: unknown) => said.push(why) });
    expect(said).toEqual(['not claimed: feed']);
  });

  it('is never taken for one that passed', async () => {
    await expect(unclaimed.run()).rejects.toThrow(/not claimed: feed: skip this case/);
  });

  it('takes no parameter that a runner would take for a callback', () => {
    expect(cases.filter(({ run }) => run.length > 0)).toEqual([]);
  });
});

describe('a case', () => {
  const log: string[] = [];
  const logging = (name: string, store: EventStore = memoryStore()): OpenedStore & { readonly name: string } => ({
    ...{ name, store },
    close: () => log.push(`close ${name}`),
  });
  const host = {
    capabilities: [...storeCapabilities],
    open: () => logging('first'),
    second: ({ store }: OpenedStore) => logging('second', store),
    reopen: ({ store }: OpenedStore) => logging('reopened', store),
    discard: ({ name }: { readonly name: string }) => log.push(`discard ${name}`),
  };
  const suite = storeConformance({ ...memoryHost(), ...host } as never);
  const logOf = async (part: string) => {
    log.length = 0;
    await caseOf(suite.cases, part).run();
    return log.splice(0);
  };

  it('closes what it opened, the last one first, then discards it', async () => {
    expect(await logOf('append: a missing stream')).toEqual(['close first', 'discard first']);
    expect(await logOf('handles: a repeat')).toEqual(['close second', 'close first', 'discard second']);
  });

  it('closes a store before it is reopened', async () => {
    const ends = ['close first', 'close reopened', 'close first', 'discard reopened'];
    expect(await logOf('reopen: a repeat')).toEqual(ends);
  });

  it('says what it found, though the host fails to clean up too', async () => {
    const faulty = { ...memoryStore(), streamExists: async () => true };
    const failing = () => {
      throw new Error('cannot close');
    };
    const { cases } = storeConformance({ open: () => ({ store: faulty, close: failing }), capabilities: [] });
    const run = caseOf(cases, 'append: a missing stream').run();
    await expect(run).rejects.toBeInstanceOf(ConformanceError);
    await expect(run).rejects.toThrow('streamExists of a missing stream\nthe value: expected false, got true');
    await expect(caseOf(cases, 'append: versions').run()).rejects.toThrow('cannot close');
  });

  it('rolls back what it held and did not end', async () => {
    const ends: string[] = [];
    const hold = async () => ({
      commit: async () => {
        throw new Error('cannot commit');
      },
      rollback: async () => ends.push('rollback'),
    });
    const { cases } = storeConformance({ open, hold, capabilities: ['feed', 'held'] });
    await expect(caseOf(cases, 'held: an append that is slow').run()).rejects.toThrow('cannot commit');
    expect(ends).toEqual([]);
    await expect(caseOf(cases, 'held: an append that is rolled back').run()).resolves.toBeUndefined();
    expect(ends.splice(0)).toEqual(['rollback']);
    await expect(caseOf(cases, 'held: appends may end').run()).rejects.toThrow('cannot commit');
    expect(ends).toEqual(['rollback', 'rollback']);
  });

  it('opens a store of its own', async () => {
    let opened = 0;
    const counting = () => {
      opened += 1;
      return open();
    };
    const { cases } = storeConformance({ open: counting, capabilities: [] });
    expect(opened).toBe(0);
    for (const { skip, run } of cases) if (skip === false) await run();
    expect(opened).toBe(cases.filter(({ skip }) => skip === false).length);
  });

  it('tells look-alikes apart by their codes', async () => {
    const store = memoryStore();
    const composing: EventStore = {
      ...store,
      readStream: async (name, options) =>
        JSON.parse(
          JSON.stringify(await store.readStream(name, options), (_, value) =>
            typeof value === 'bigint' ? Number(value) : value,
          ).normalize(),
        ),
    };
    const { cases } = storeConformance({ open: () => ({ store: composing }), capabilities: ['fidelity'] });
    await expect(caseOf(cases, 'fidelity: texts come back').run()).rejects.toThrow(/"e\\u0301"\ngot {6}"\\u00e9"/);
  });
});
