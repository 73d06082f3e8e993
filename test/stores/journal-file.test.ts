/** The journal in a file: what was answered is there, whatever is torn, and what was removed is in no byte. */
import { describe, expect, it } from 'vitest';
import { type JournalFile, openJournalFile } from '../../src/stores/journal-file.ts';

const MIB = 1024 * 1024;

/** A file in memory, whose writes may be cut short, or refused where they would make it longer. */
function fileInMemory(bytes = new Uint8Array(0)) {
  const state = { bytes, isFull: false, tearAt: null as number | null, flushes: 0 };
  const file: JournalFile = {
    size: () => state.bytes.length,
    read: (into, at) => into.set(state.bytes.subarray(at, at + into.length)),
    write(given, at) {
      const end = at + given.length;
      if (end > state.bytes.length) {
        if (state.isFull) throw new Error('No space left');
        const longer = new Uint8Array(end);
        longer.set(state.bytes);
        state.bytes = longer;
      }
      const { tearAt } = state;
      state.bytes.set(tearAt === null ? given : given.subarray(0, tearAt), at);
      if (tearAt !== null) throw new Error('Killed');
    },
    resize(size) {
      const other = new Uint8Array(size);
      other.set(state.bytes.subarray(0, size));
      state.bytes = other;
    },
    flush() {
      state.flushes += 1;
    },
  };
  return { state, file };
}

function journal() {
  const { state, file } = fileInMemory();
  const one = openJournalFile(file);
  one.allocate();
  return { state, file, one, again: () => [...openJournalFile(file).read()] };
}

describe('a journal in a file', () => {
  it('has what was written, when it is opened again', () => {
    const { one, again, state } = journal();
    expect(one.write({ a: '1', b: '2' })).toBe(true);
    expect(one.write({ b: 'ñ', c: '3' })).toBe(true);
    expect(one.write({ a: null })).toBe(true);
    expect(again()).toEqual([
      ['b', 'ñ'],
      ['c', '3'],
    ]);
    expect(state.bytes.length).toBe(8 * MIB);
  });

  it('writes while the disk is full, and never makes the file longer', () => {
    const { one, again, state } = journal();
    state.isFull = true;
    for (let n = 0; n < 2_000; n += 1) one.write({ [`k-${n % 50}`]: `${n}`.padEnd(5_000) });
    expect(new Map(again()).get('k-49')?.trim()).toBe('1999');
    expect(state.bytes.length).toBe(8 * MIB);
  });

  it.each(['resize', 'write', 'flush'] as const)('takes no room where there is none for all of it: %s', (step) => {
    const { state, file } = fileInMemory(new Uint8Array(MIB));
    let calls = 0;
    const refuse = () => {
      calls += 1;
      if (calls === 1 && step !== 'write') throw new Error('No space left');
      if (calls === 8) throw new Error('No space left');
    };
    const full: JournalFile = {
      ...file,
      [step]: (...given: never[]) => {
        refuse();
        (file[step] as (...all: never[]) => void)(...given);
      },
    };
    const one = openJournalFile(full);
    expect(() => one.allocate()).toThrow('No space left');
    expect(state.bytes.length).toBe(0);
    one.allocate();
    expect(state.bytes.length).toBe(8 * MIB);
  });

  it('leaves in no byte what was removed', () => {
    const { one, state } = journal();
    one.write({ a: 'Ana Rojas' });
    one.write({ b: 'Barva' });
    one.write({ a: null });
    expect(new TextDecoder().decode(state.bytes)).not.toContain('Ana');
    one.write({ b: null });
    expect(new TextDecoder().decode(state.bytes)).not.toContain('Barva');
  });

  it.each(['added', 'removed'])('is as it was before a write that was torn at any byte: one that was %s', (kind) => {
    const changes = kind === 'added' ? { c: '3' } : { a: null };
    for (let tearAt = 0; tearAt < 40; tearAt += 1) {
      const { one, state, again, file } = journal();
      one.write({ a: '1', b: '2' });
      state.tearAt = tearAt;
      expect(() => one.write(changes)).toThrow('Killed');
      state.tearAt = null;
      const found = again();
      expect(found.slice(0, 2).map(([key]) => key)).toContain('b');
      if (tearAt < 21)
        expect(found).toEqual([
          ['a', '1'],
          ['b', '2'],
        ]);
      const next = openJournalFile(file);
      expect(next.write({ d: '4' })).toBe(true);
      expect([...openJournalFile(file).read()].map(([key]) => key)).toEqual(expect.arrayContaining(['b', 'd']));
    }
  });

  it('refuses what does not fit, and keeps what it has', () => {
    const { one, again } = journal();
    one.write({ a: '1' });
    expect(one.write({ b: 'x'.repeat(5 * MIB) })).toBe(false);
    expect(again()).toEqual([['a', '1']]);
    expect(one.write({ b: 'x'.repeat(3 * MIB) })).toBe(true);
    expect(one.write({ c: 'x'.repeat(3 * MIB) })).toBe(false);
    expect(again().map(([key]) => key)).toEqual(['a', 'b']);
  });

  it('reads what another process has written, and writes after it', () => {
    const { one, file, again } = journal();
    const other = openJournalFile(file);
    one.write({ a: '1' });
    other.write({ b: '2' });
    expect([...one.read().keys()]).toEqual(['a', 'b']);
    one.write({ a: null });
    other.write({ c: '3' });
    one.write({ d: '4' });
    other.write({ b: null });
    one.write({ e: '5' });
    expect(
      again()
        .map(([key]) => key)
        .sort(),
    ).toEqual(['c', 'd', 'e']);
    expect([...other.read().keys()].sort()).toEqual(['c', 'd', 'e']);
  });

  it('flushes before it answers', () => {
    const { one, state } = journal();
    const before = state.flushes;
    one.write({ a: '1' });
    expect(state.flushes).toBeGreaterThan(before);
  });
});
