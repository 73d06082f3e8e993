import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportHead, seal, verifyChain } from '../../src/chain.ts';
import { createSeals } from '../../src/cli/input/seals.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { runs } from '../support/runs.ts';
import { auxilio, file, jsonLines, stdoutOf } from './support.ts';

const logs = [...simulate({ visits: 3, seed: 5 })].map(({ events }) => seal(events));
const lines = logs.map((log) => log.map((event) => JSON.stringify(event)));
const [one = [], two = [], three = []] = lines;
const heads = logs.map((log) => exportHead(log)!);
const whole = file('sealed.ndjson', lines.flat().join('\n'));
const visitId = 'sim-1';
const kept = file('head.json', JSON.stringify(heads[0]));
const keptAll = file(
  'heads.ndjson',
  heads.map((head, at) => JSON.stringify({ visitId: `sim-${at + 1}`, ...head })).join('\n'),
);

/** The first visit, damaged, among the others. */
const damaged = (name: string, changed: readonly string[]) =>
  file(name, [...two.slice(0, 3), ...changed, ...two.slice(3), ...three].join('\n'));

/** The event without its hash. */
const stripped = (line: string) => {
  const { metadata, ...event } = JSON.parse(line);
  const { hash, ...rest } = metadata;
  return JSON.stringify({ ...event, metadata: rest });
};

const renamed = one.map((line, at) => (at === 0 ? line.replace(/"name":"[^"]*"/, '"name":"Eva Rojas"') : line));
const changes = [
  ['a changed name', renamed, 1, 'este acto no es el que se selló'],
  ['a deleted line', one.toSpliced(4, 1), 5, 'falta lo que estaba antes de este acto'],
  ['a seal that was taken away', one.with(0, stripped(one[0]!)), 1, 'este acto no tiene sello'],
] as const;

describe('the seal of a log', () => {
  it('is verified, and shown first', () => {
    expect(stdoutOf(['audit', whole])).toBe('Sellos: 3 íntegros, 0 rotos\n3 visitas, todas limpias\n');
    expect(auxilio(['audit', whole, '--locale', 'en']).out).toMatch(/^Seals: 3 intact, 0 broken\n/);
    const [, line] = stdoutOf(['dossier', whole, '--visit', visitId]).split('\n');
    expect(line).toBe(`Sello íntegro · ${one.length} actos, cabeza ${heads[0]?.hash}`);
    expect(stdoutOf(['show', whole, '--visit', visitId]).split('\n')[1]).toBe(line);
    expect(stdoutOf(['report', whole, '-o', '-'])).toContain(heads[0]!.hash);
  });

  it.each(changes)('shows %s: the log is unclean, at its place', (_, changed, at, what) => {
    const path = damaged('damaged.ndjson', changed);
    const { out, code } = auxilio(['audit', path]);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ Visita sim-1 · Sello roto en 1 lugar · /);
    expect(out.split('\n')[1]).toBe(`  ✗ ${path}, línea ${3 + at}: El sello del registro está roto aquí: ${what}.`);
    expect(out).toContain('Sellos: 2 íntegros, 1 roto\n');
    for (const workers of ['2', '4']) {
      expect(auxilio(['audit', path, '--workers', workers])).toEqual(auxilio(['audit', path]));
    }
    const [found] = jsonLines(auxilio(['audit', path, '--json', '--visit', visitId]).out);
    expect(found.clean).toBe(false);
    expect(found.chain.intact).toBe(false);
    expect(found.findings).toContainEqual(expect.objectContaining({ kind: 'chain', line: 3 + at }));
    for (const command of ['dossier', 'show']) {
      expect(auxilio([command, path, '--visit', visitId]).out.split('\n')[1]).toMatch(/^Sello roto en 1 lugar/);
    }
    const guided = auxilio(['guide', path, '--visit', visitId, '--role', 'provider']);
    expect(guided.err).toContain('el sello de la visita sim-1 está roto en 1 lugar');
    expect(guided.code).toBe(1);
    expect(auxilio(['report', path, '-o', '-']).out).toContain('Roto en');
  });

  it('is reported missing where nothing carries one', () => {
    const bare = file(
      'bare.ndjson',
      [...simulate({ visits: 1, seed: 5 })]
        .flatMap(({ events }) => events.map((event) => JSON.stringify(event)))
        .join('\n'),
    );
    const none = 'Sin sello: nada muestra si el registro se alteró';
    expect(stdoutOf(['audit', bare])).toBe(`${none}\n1 visita, limpia\n`);
    expect(stdoutOf(['dossier', bare]).split('\n')[1]).toBe(none);
    expect(jsonLines(stdoutOf(['audit', '--json', bare]))[0].chain).toBe(null);
  });
});

describe('a log that was sealed later than it began', () => {
  const bare = one.slice(0, 3).map((line) => line.replace(/,"metadata":\{.*\}\}$/, '}'));
  const rest = seal(logs[0]!.slice(3)).map((event) => JSON.stringify(event));
  const late = [...bare, ...rest];

  it('passes, and says from which act on it is sealed', () => {
    const path = file('late.ndjson', [...late, ...two].join('\n'));
    const summary = 'Sellos: 2 íntegros, 0 rotos, 1 visita sin sello en sus primeros actos\n';
    expect(stdoutOf(['audit', path])).toBe(`${summary}2 visitas, todas limpias\n`);
    expect(stdoutOf(['audit', path, '--workers', '2'])).toBe(stdoutOf(['audit', path]));
    expect(stdoutOf(['audit', path, '--all', '--visit', visitId])).toContain(
      'Sello íntegro · sellado desde el acto 4 · ',
    );
    const [, line] = stdoutOf(['dossier', path, '--visit', visitId]).split('\n');
    expect(line).toMatch(/^Sello íntegro · sellado desde el acto 4 · \d+ actos, cabeza [0-9a-f]{64}$/);
    const [found] = jsonLines(stdoutOf(['audit', path, '--json', '--visit', visitId]));
    expect(found).toMatchObject({ clean: true, chain: { intact: true, sealedFrom: 3 } });
    expect(stdoutOf(['report', path, '-o', '-', '--visit', visitId])).toContain('íntegro, sellado desde el acto 4');
  });

  it('is broken by an act without a seal after the first sealed one', () => {
    for (const hole of [late.with(4, stripped(rest[1]!)), [...late, bare[0]!]]) {
      const { out, code } = auxilio(['audit', file('hole.ndjson', hole.join('\n'))]);
      expect(out).toContain('Sello roto en 1 lugar');
      expect(out).toContain('este acto no tiene sello');
      expect(code).toBe(1);
    }
  });
});

describe('--head', () => {
  const cut = file('cut-end.ndjson', one.slice(0, -2).join('\n'));

  it('reports a log that lost its end, which nothing else does', () => {
    expect(auxilio(['audit', cut]).code).toBe(0);
    const { out, code } = auxilio(['audit', cut, '--head', kept]);
    expect(code).toBe(1);
    expect(out).toContain(`, línea ${one.length - 2}: El sello del registro está roto aquí: faltan actos al final.`);
    expect(auxilio(['audit', cut, '--head', keptAll]).out).toContain('faltan actos al final');
    expect(auxilio(['audit', cut, '--head', kept, '--workers', '2']).out).toBe(out);
  });

  it('shows what is missing at the end after the last act, once', () => {
    const shown = stdoutOf(['show', cut, '--head', kept]).trimEnd().split('\n');
    expect(shown.at(-1)).toContain('faltan actos al final.');
    expect(shown.filter((line) => line.includes('faltan actos al final'))).toHaveLength(1);
    const [{ entries, beyond }] = jsonLines(stdoutOf(['show', cut, '--head', kept, '--json']));
    expect(entries).toHaveLength(one.length - 2);
    expect(entries.every(({ findings }: { findings: unknown[] }) => findings.length === 0)).toBe(true);
    expect(beyond).toMatchObject([{ kind: 'chain', index: one.length - 2 }]);
    expect(jsonLines(stdoutOf(['show', cut, '--json']))[0].beyond).toEqual([]);
  });

  it('is confirmed where the log still leads to it', () => {
    const confirmed = 'Sello íntegro y conforme con la cabeza exportada';
    expect(stdoutOf(['dossier', whole, '--visit', visitId, '--head', kept]).split('\n')[1]).toMatch(`${confirmed} · `);
    const { out, code } = auxilio(['audit', whole, '--head', keptAll, '--all', '--workers', '2']);
    expect(out.match(/conforme con la cabeza/g)).toHaveLength(3);
    expect(code).toBe(0);
    expect(out).toBe(auxilio(['audit', whole, '--head', keptAll, '--all']).out);
  });

  it('takes what audit --json wrote', () => {
    const written = file('audit.ndjson', stdoutOf(['audit', '--json', whole]));
    expect(stdoutOf(['audit', whole, '--head', written, '--all'])).toContain('conforme con la cabeza exportada');
  });

  it('takes heads by visit, the head of one visit, and passes over a visit without a seal', () => {
    const confirms = (text: string) =>
      stdoutOf(['audit', whole, '--head', file('kept.json', text), '--all']).match(/conforme con la cabeza/g)?.length;
    expect(confirms(JSON.stringify({ 'sim-1': heads[0], 'sim-2': heads[1] }))).toBe(2);
    expect(confirms(JSON.stringify({ visitId, head: heads[0] }))).toBe(1);
    const bare = [
      { visitId: 'sim-2', chain: null },
      { visitId: 'sim-3', head: null },
    ];
    const lines = [...bare, { visitId, chain: { head: heads[0] } }].map((one) => JSON.stringify(one));
    expect(confirms(lines.join('\n'))).toBe(1);
  });

  it('reports a visit that is gone, and a log rewritten without seals', () => {
    const { err, code } = auxilio(['audit', file('two.ndjson', [...one, ...two].join('\n')), '--head', keptAll]);
    expect(err).toContain('hay cabezas guardadas de visitas que aquí no aparecen: sim-3');
    expect(code).toBe(1);
    const bare = one.map((line) => line.replace(/,"metadata":\{.*\}\}$/, '}'));
    const answer = auxilio(['audit', file('stripped.ndjson', bare.join('\n')), '--head', kept]);
    expect(answer.out).toContain('este acto no tiene sello');
    expect(answer.code).toBe(1);
  });

  it('of other visits than the one that is asked for are not missed, and each command names those that are gone', () => {
    const path = file('two-left.ndjson', [...one, ...two].join('\n'));
    const lost = 'auxilio: hay cabezas guardadas de visitas que aquí no aparecen: sim-3\n';
    for (const command of ['audit', 'show', 'dossier', 'payments']) {
      const code = command === 'show' ? 0 : 1;
      expect(auxilio([command, path, '--head', keptAll])).toMatchObject({ err: lost, code });
      const wanted = [command, path, '--head', keptAll, '--visit', 'sim-2'];
      expect(auxilio(wanted)).toMatchObject({ err: '', code: 0 });
    }
  });

  it('with a count below one or a fraction, an invalid hash or an invalid id is refused', () => {
    const [head] = heads;
    const values = [
      { ...head, count: 0 },
      { ...head, count: 1.5 },
      { ...head, count: '3' },
      { ...head, hash: 'x' },
      { visitId: 'no id', ...head },
      { visitId, head: { ...head, count: -1 } },
      { visitId, head: null },
      [{ visitId, ...head }, head],
    ];
    for (const value of values) {
      const { err, code } = auxilio(['audit', whole, '--head', file('no-head.json', JSON.stringify(value))]);
      expect([err, code]).toEqual([expect.stringContaining('no es la cabeza de un registro'), 2]);
    }
    const lines = [
      { visitId, ...head },
      { visitId: 'sim-2', ...heads[1] },
    ].map((value) => JSON.stringify(value));
    const marked = file('marked-heads.ndjson', `\uFEFF${lines.join('\n \n')}\n\n`);
    expect(stdoutOf(['audit', whole, '--head', marked, '--all']).match(/conforme con la cabeza/g)).toHaveLength(2);
  });

  it('that names no visit is refused where there are several, and one that is no head always', () => {
    const { err, code } = auxilio(['audit', whole, '--head', kept]);
    expect(err).toContain('la cabeza no dice de cuál visita es');
    expect(code).toBe(2);
    for (const text of ['{}', '[]', '{"count":0,"hash":"x"}', 'x', '{"visitId":"sim-1"}', '{"a":{"count":1}}']) {
      const bad = auxilio(['audit', whole, '--head', file('bad-head.json', text)]);
      expect(bad.err).toContain('no es la cabeza de un registro');
      expect(bad.code).toBe(2);
    }
  });
});

describe('reading seals line by line', () => {
  const log = logs[0]!;
  const harm = fc.array(
    fc.record({
      at: fc.nat(log.length - 1),
      how: fc.constantFrom('drop', 'change', 'strip', 'swap', 'copy', 'garble', 'bare'),
    }),
    { maxLength: 4 },
  );

  it('finds what verifyChain finds of the whole, with a head and without', () => {
    fc.assert(
      fc.property(harm, fc.boolean(), (harms, isHeaded) => {
        const texts = [...one];
        for (const { at, how } of harms) {
          const place = at % Math.max(1, texts.length);
          const text = texts[place] ?? '{}';
          if (how === 'drop') texts.splice(place, 1);
          else if (how === 'swap') texts.push(...texts.splice(place, 1));
          else if (how === 'copy') texts.splice(place, 0, text);
          else if (how === 'change') texts[place] = text.replace('"at":"2026', '"at":"2025');
          else if (how === 'strip') texts[place] = text.replace(/"hash":"[^"]*"/, '"note":1');
          else if (how === 'garble') texts[place] = text.slice(0, 40);
          else texts[place] = text.replace(/,"metadata":\{.*\}\}$/, '}');
        }
        const parsed = texts.map((text) => {
          try {
            return JSON.parse(text);
          } catch {
            return undefined;
          }
        });
        const byVisit = new Map(isHeaded ? [[visitId, heads[0]!]] : []);
        const reader = createSeals({ byVisit, only: null })(visitId);
        for (const text of texts) reader.add(text);
        const isSealed = isHeaded || texts.some((text) => text.includes('"hash"'));
        expect(reader.end()).toEqual(isSealed ? verifyChain(parsed, byVisit.get(visitId)) : null);
      }),
      { numRuns: runs(500), seed: 77 },
    );
  });
});
