import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { explain, type Finding, type FindingKind } from '../../src/index.ts';
import { createContext, describeFinding } from '../../src/report/visit/plain-text.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, pathOf, sheet, stdoutOf } from './support.ts';

const visits = [...simulate({ visits: 4, seed: 9 })].map(({ events }) => events);
const lines = visits.map((events) => events.map((event) => JSON.stringify(event)));
const log = file('log.ndjson', `${lines.flat().join('\n')}\n`);
const single = file('single.ndjson', lines[0]!.join('\n'));
const half = file('half.ndjson', lines[0]!.slice(0, 3).join('\n'));

/** The kinds of findings that are no violation. */
const kinds: readonly FindingKind[] = [
  ...(['late', 'other-visit', 'unknown-event', 'unreadable', 'chain'] as const),
  ...(['id-reused', 'repeated', 'measure', 'deviation', 'correction'] as const),
];

/** Text that a terminal would interpret. */
const obeyed = /[^\P{Cc}\n]|\p{Bidi_C}/u;

describe('show', () => {
  it('shows each visit in local time, and who typed an act in', () => {
    const out = stdoutOf(['show', ...sheet, '--visit', 'V-102']);
    expect(out.split('\n').slice(0, 4)).toEqual([
      'Visita V-102 · EXP-2026-4519 · Cerrajería · José Brenes Solís · Concluida · America/Costa_Rica · examples/foreign-sheet/llamadas.csv',
      'martes, 17 de marzo de 2026',
      '  07:52  Visita asignada                      Centro de Contacto OP-7',
      '           Expediente: EXP-2026-4519',
    ]);
    expect(out).toMatch(
      /^ {2}08:47 .* proveedor P-22, anotó Centro de Contacto OP-3\n {11}Qué pasó: atraso\n {11}Detalle: Presa en la Flo/m,
    );
    expect(out).toMatch(
      / {4}— {2}\n {9}✗ .*llamadas\.csv, fila 62: no trae la misma cantidad de celdas que la primera fila/,
    );
  });

  it('tells the zone of the policy', () => {
    const policy = file('zone.json', '{"timeZone":"Europe/Madrid"}');
    expect(stdoutOf(['show', ...sheet, '--policy', policy, '--locale', 'en'])).toContain('  14:40  Visit assigned ');
  });

  it('writes every entry as JSON', () => {
    const [one] = jsonLines(stdoutOf(['show', '--json', log]));
    expect(one).toMatchObject({ visitId: 'sim-1', phase: expect.any(String) });
    expect(one.entries.map(({ event }: { event: unknown }) => event)).toEqual(visits[0]);
  });

  it('says when the visit is not there', () => {
    expect(auxilio(['show', log, '--visit', 'sim-99'])).toEqual({
      out: '',
      err: 'auxilio: no se encontró la visita sim-99\n',
      code: 2,
    });
  });
});

describe('guide', () => {
  it('tells one role what it may do, what to say, and why the rest is closed', () => {
    const out = stdoutOf(['guide', half, '--role', 'provider']);
    expect(out).toMatch(/^Visita sim-1 · En el lugar · proveedor\nSigue: /);
    expect(out).toMatch(/\nPuede\n {2}✓ .*\n {6}diga: /);
    expect(out).toMatch(/\n {2}✗ iniciar el trabajo\n {6}.*\n/);
    expect(out).toMatch(/\n {6}antes: /);
    expect(stdoutOf(['guide', half, '--role', 'client', '--locale', 'en'])).toContain(
      'The protocol names no next step.',
    );
  });

  it('greets by the time that it is told', () => {
    const arrived = file('arrived.ndjson', lines[0]!.slice(0, 2).join('\n'));
    const now = (time: string) => stdoutOf(['guide', arrived, '--role', 'provider', '--now', time]);
    expect(now('2026-03-17T20:00:00-06:00')).toContain('Buenas noches');
    expect(now('2026-03-17T08:00:00-06:00')).toContain('Buenos días');
  });

  it('wants one visit, and a role', () => {
    expect(auxilio(['guide', log, '--role', 'provider'])).toEqual({
      out: '',
      err: 'auxilio: hay varias visitas; indique con --visit una de ellas: sim-1, sim-2, sim-3, sim-4\n',
      code: 2,
    });
    expect(auxilio(['guide', log]).err).toMatch(/^auxilio: falta la opción --role\n/);
    expect(auxilio(['guide', log, '--role', 'jefe']).err).toMatch(
      /^auxilio: el valor de --role no sirve; puede ser: provider, contact-center, client\n/,
    );
  });

  it('names ten of more visits than that', () => {
    const many = (count: number) => {
      const first = Array.from({ length: count }, (_, at) => lines[0]![0]!.replaceAll('sim-1"', `v-${at}"`));
      return auxilio(['guide', file('many-visits.ndjson', first.join('\n')), '--role', 'provider']).err;
    };
    expect(many(10)).toMatch(/: v-0, v-1, v-2, v-3, v-4, v-5, v-6, v-7, v-8, v-9\n$/);
    expect(many(11)).toMatch(/, v-8, v-9, …\n$/);
  });

  it('is of the person who is named', () => {
    const open = (...actor: readonly string[]) =>
      stdoutOf(['guide', half, '--role', 'provider', ...actor]).match(/^ {2}✓/gm)?.length ?? 0;
    expect(open('--actor', 'otro')).toBeLessThan(open());
  });

  it('judges by a policy', () => {
    const policy = file('guide-policy.json', '{"waive":[{"rule":"start-reported","reason":"por contrato"}]}');
    const told = (...more: readonly string[]) => stdoutOf(['guide', half, '--role', 'provider', ...more]);
    expect(told()).toContain('Falta la llamada de inicio');
    expect(told('--policy', policy)).not.toContain('Falta la llamada de inicio');
  });

  it('is JSON on request', () => {
    const [answer] = jsonLines(stdoutOf(['guide', log, '--visit', 'sim-2', '--role', 'contact-center', '--json']));
    expect(answer).toMatchObject({ visitId: 'sim-2', role: 'contact-center', open: expect.any(Array) });
  });
});

describe('dossier', () => {
  it('tells what each visit proves', () => {
    const out = stdoutOf(['dossier', ...sheet]);
    expect(out.match(/^Visita /gm)).toHaveLength(4);
    expect(out).toMatch(/Visita V-101 .*\nEvidencia de pago\n {2}1\.1-26 {2}Cumple {7}.* \[20\]\n/);
    expect(out).toMatch(/^ {2}No falta nada: .+\.$/m);
    expect(out).toContain('  Terminó, y lo que falta para que sea pagable ya no se puede registrar.\n');
    expect(stdoutOf(['dossier', half])).toContain('Para que sea pagable falta: ');
    expect(stdoutOf(['dossier', ...sheet, '--visit', 'V-103'])).toMatch(/1\.1-26 {2}Contradicha .* \[61\]/);
  });

  it('is JSON on request', () => {
    const answers = jsonLines(stdoutOf(['dossier', '--json', log]));
    expect(answers.map(({ visitId }) => visitId)).toEqual(['sim-1', 'sim-2', 'sim-3', 'sim-4']);
    expect(answers[0].dossier.payment[0]).toMatchObject({ clause: '1.1-26', status: expect.any(String) });
  });
});

describe('report', () => {
  it('writes a page, of one visit or of several', () => {
    const page = pathOf('page.html');
    expect(stdoutOf(['report', ...sheet, '-o', page, '--title', 'Llamadas <b>'])).toBe(`${page}: 4 visitas\n`);
    expect(readFileSync(page, 'utf8')).toContain('<title>Llamadas &lt;b&gt;</title>');
    expect(stdoutOf(['report', single, '--force', '--output', page])).toBe(`${page}: 1 visita\n`);
    expect(jsonLines(stdoutOf(['report', log, '--force', '-o', page, '--json']))).toEqual([{ file: page, visits: 4 }]);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/i);
    expect(stdoutOf(['report', single, '-o', '-', '--locale', 'en'])).toContain('<html lang="en"');
  });

  it('says when it cannot be written, or where', () => {
    expect(auxilio(['report', single, '-o', pathOf('no/where.html')])).toEqual({
      out: '',
      err: `auxilio: ${pathOf('no/where.html')}: no se pudo escribir (ENOENT)\n`,
      code: 2,
    });
    expect(auxilio(['report', single]).err).toMatch(/^auxilio: falta la opción --output\n/);
  });
});

describe('schema', () => {
  it('writes the schema of all messages, which takes them', () => {
    const schema = JSON.parse(stdoutOf(['schema']));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(visits[0]![0])).toBe(true);
    expect(Object.keys(schema.$defs).length).toBeGreaterThan(94);
  });

  it('writes that of one message, with what it needs and no more', () => {
    const schema = JSON.parse(stdoutOf(['schema', '--event', 'VisitAssigned', '--json']));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(visits[0]![0])).toBe(true);
    expect(validate(visits[0]![1])).toBe(false);
    expect(Object.keys(schema.$defs)).not.toContain('WorkStarted');
    expect(JSON.parse(stdoutOf(['schema', '--command', 'StartWork'])).properties.type).toMatchObject({
      type: 'string',
      const: 'StartWork',
    });
  });

  it('says of one message what it is, and names each part once', () => {
    const one = stdoutOf(['schema', '--event', 'VisitAssigned']);
    expect(one.split('\n')[1]).toMatch(/^ {2}"\$schema"/);
    const { $schema, $id, $defs } = JSON.parse(one);
    expect([$schema, $id]).toEqual([JSON.parse(stdoutOf(['schema'])).$schema, 'urn:auxilio:schema:1:VisitAssigned']);
    const named = new Set([...one.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name));
    expect(new Set(Object.keys($defs))).toEqual(named);
    expect(auxilio(['schema', '--event', 'StartWork']).err).toMatch(/^auxilio: no existe el mensaje StartWork\n/);
  });

  it('knows what was meant', () => {
    expect(auxilio(['schema', '--command', 'StarWork']).err).toBe(
      'auxilio: no existe el mensaje StarWork\n  ¿quiso decir StartWork?\n',
    );
    expect(auxilio(['schema', '--command', 'StartWork', '--event', 'WorkStarted'])).toMatchObject({
      err: expect.stringMatching(/^auxilio: --command y --event no van juntas\n/),
      code: 2,
    });
  });
});

describe('clauses', () => {
  it('tells them all, or one', () => {
    expect(stdoutOf(['clauses']).trim().split('\n')).toHaveLength(100);
    expect(stdoutOf(['clauses', '1.1-19'])).toMatch(/^1\.1-19 {2}obligatoria .*fotografías.*\n$/);
    expect(stdoutOf(['clauses', '1.1-19', '--locale', 'en'])).toMatch(/^1\.1-19 {2}required .*photo/);
    expect(jsonLines(stdoutOf(['clauses', '1.1-19', '--json']))[0]).toMatchObject({ id: '1.1-19', level: 'H' });
    expect(auxilio(['clauses', '1.1-91']).err).toMatch(
      /^auxilio: no existe la cláusula 1\.1-91\n {2}¿quiso decir 1\.1-/,
    );
  });
});

describe('explain', () => {
  const violation = { rule: 'photos-sent', clause: '1.1-19', facts: { unsent: ['f-2'] } } as const;
  const rejection = { violations: [violation, { rule: 'tools-shown', clause: '1.1-40', facts: {} }] } as const;
  const said = (value: unknown, ...args: readonly string[]) =>
    stdoutOf(['explain', ...args], { input: JSON.stringify(value) });

  // The first, since the command line evaluates its lists once.
  it('says a finding of each kind', () => {
    const report = createContext({ locale: 'es-CR' });
    const facts: Partial<Record<FindingKind, Finding['facts']>> = {
      measure: {
        measure: 'photos',
        value: 60_000,
        threshold: 1,
        from: visits[0]![0]!.data.at,
        to: visits[0]![1]!.data.at,
      },
      chain: { fault: 'dropped' },
    };
    for (const kind of kinds) {
      const finding = { kind, index: 0, facts: facts[kind] ?? {} };
      expect(said(finding)).toBe(`${describeFinding(report, finding)}\n`);
    }
    expect(said({ rule: 'as-decided', facts: {} })).toBe(
      `${describeFinding(report, { kind: 'violation', rule: 'as-decided', index: 0, facts: {} })}\n`,
    );
  });

  it('says a violation, a rejection, and the decision that it came in', () => {
    expect(said(violation)).toBe(`${explain(violation, 'es-CR')}\n`);
    expect(said(violation, '--locale', 'en')).toBe(`${explain(violation, 'en')}\n`);
    expect(said(rejection)).toBe(`${explain(rejection, 'es-CR')}\n`);
    expect(said({ ok: false, rejection })).toBe(said(rejection));
    expect(stdoutOf(['explain'], { input: `\uFEFF${JSON.stringify(rejection)}` })).toBe(said(rejection));
    expect(stdoutOf(['explain', file('refusal.json', JSON.stringify(rejection))])).toBe(said(rejection));
    expect(jsonLines(said(violation, '--json'))).toEqual([{ text: explain(violation, 'es-CR') }]);
  });

  it('says a finding of an audit', () => {
    const findings = jsonLines(auxilio(['audit', '--json', ...sheet]).out).flatMap((one) => one.findings);
    expect(findings.map((finding) => said(finding).slice(0, 30))).toEqual([
      'no trae la misma cantidad de c',
      'Falta la llamada de inicio; av',
      'Lo anotó un proveedor que ya n',
      'La llegada ya consta; siga con',
    ]);
  });

  it('says of an audit which visit, and that it is clean, or refuses what is no finding', () => {
    const said = (value: unknown, ...args: readonly string[]) =>
      stdoutOf(['explain', ...args], { input: `${JSON.stringify(value)}\n` });
    expect(said({ visitId: 'v-1', findings: [] })).toBe('Visita v-1 · limpia\n');
    expect(said({ findings: [{ kind: 'late', line: 4, facts: { debt: 'x' } }] })).toMatch(/^Sin visita\n {2}línea 4: /);
    expect(jsonLines(said({ visitId: null, file: 7, findings: [] }, '--json'))).toEqual([
      { file: '', visitId: null, findings: [] },
    ]);
    for (const kind of [7, 'other', 'toString']) {
      const { out, err, code } = auxilio(['explain'], { input: JSON.stringify({ findings: [{ kind }] }) });
      expect([out, err, code]).toEqual(['', expect.stringContaining('no es un rechazo'), 2]);
    }
  });

  it('says each of several lines, and none where one is no JSON', () => {
    const line = JSON.stringify(violation);
    const text = `${explain(violation, 'es-CR')}\n`;
    expect(stdoutOf(['explain'], { input: `${line}\n \n${line}\n` })).toBe(text + text);
    const { out, err } = auxilio(['explain'], { input: `${line}\n{` });
    expect([out, err]).toEqual(['', 'auxilio: la entrada estándar: no es JSON\n']);
    for (const input of ['\n \n', '\uFEFF']) expect(auxilio(['explain'], { input }).err).toContain(': está vacío\n');
  });

  it('fails on text that is not JSON', () => {
    expect(auxilio(['explain'], { input: '{' })).toMatchObject({
      err: 'auxilio: la entrada estándar: no es JSON\n',
      code: 2,
    });
    expect(auxilio(['explain'], { input: '' })).toMatchObject({
      err: 'auxilio: la entrada estándar: está vacío\n',
      code: 2,
    });
    const hollow = [
      '{"kind":"measure","facts":null}',
      '{"kind":"late","facts":7}',
      '{"rule":"as-decided","facts":null}',
    ];
    for (const input of ['7', '[]', '{}', 'null', '{"rule":7}', ...hollow]) {
      expect(auxilio(['explain'], { input })).toMatchObject({
        err: expect.stringContaining('no es un rechazo'),
        code: 2,
      });
    }
  });

  it('lets nothing through that a terminal would obey', () => {
    const facts = { unsent: ['\u001b[2J\u009b31m\u202eevil'] };
    for (const args of [[], ['--json']]) {
      expect(said({ ...violation, facts }, ...args)).not.toMatch(obeyed);
    }
    const marks = '\u007f\u009f\u061c\u200e\u200f\u2028\u202e\u2066\u2069';
    const path = file(`${marks}.ndjson`, lines[0]!.join('\n'));
    const escaped = stdoutOf(['audit', '--json', path]);
    expect(escaped).toContain('\\u007f\\u009f\\u061c\\u200e\\u200f\\u2028\\u202e\\u2066\\u2069.ndjson');
    expect(jsonLines(escaped)[0].file).toBe(path);
    const odd = JSON.stringify({ type: 'X\u001b[31m', data: { visitId: 'v-1', '\u009b': '\u202e' } });
    for (const args of [['audit'], ['audit', '--json'], ['show'], ['show', '--json']]) {
      const { out, err } = auxilio(args, { input: odd });
      expect(out + err).not.toMatch(obeyed);
    }
  });
});

describe('simulate', () => {
  it('writes the events of so many visits, the same for the same seed', () => {
    const events = jsonLines(stdoutOf(['simulate', '--visits', '4', '--seed', '9']));
    expect(events).toEqual(visits.flat());
    expect(stdoutOf(['simulate', '--visits', '2'])).toBe(stdoutOf(['simulate', '--visits', '2', '--seed', '1']));
  });

  it('writes visits of two writers who make mistakes, with --offline, and audit finds them clean', () => {
    const log = stdoutOf(['simulate', '--visits', '40', '--seed', '9', '--offline']);
    for (const type of ['DiscrepancyReported', 'DiscrepancySettled', 'ActAnnulled', 'TimeCorrected'])
      expect(log).toContain(`"type":"${type}"`);
    expect(auxilio(['audit', '--quiet'], { input: log })).toEqual({ out: '', err: '', code: 0 });
  });

  it('wants a number', () => {
    for (const number of ['0', '-1', 'x', '1e3', '1.5']) {
      expect(auxilio(['simulate', '--visits', number])).toEqual({
        out: '',
        err: 'auxilio: el valor de --visits no sirve; puede ser: un número entero desde 1\n  Ayuda: auxilio simulate --help\n',
        code: 2,
      });
    }
    expect(auxilio(['simulate']).err).toMatch(/^auxilio: falta la opción --visits\n/);
  });
});

describe('explore', () => {
  it('answers in words, with a picture of the phases', () => {
    const { out, code } = auxilio(['explore', '--limit', '2000']);
    expect(code).toBe(0);
    expect(out).toMatch(/^[\d\u00a0]+ estados, [\d\u00a0]+ transiciones, hasta \d+ actos de profundidad\.\n/);
    expect(out).toContain('La búsqueda se detuvo en su límite');
    expect(out).toContain('✓ Nadie se queda sin salida.\n');
    expect(out).toContain('\nDe fase en fase\nSin asignar\n  └─▶ En camino (Visita asignada)\nEn camino\n');
  });

  it('searches fewer states where those that are alike count once, unless all are asked for', () => {
    const search = (...args: readonly string[]) =>
      jsonLines(stdoutOf(['explore', '--limit', '400', '--json', ...args]))[0];
    expect(search('--full')).not.toEqual(search());
  });

  it('is JSON on request, on a policy', () => {
    const policy = file('waives.json', '{"id":"x","waive":[{"rule":"area-cleared","reason":"no aplica"}]}');
    const [found] = jsonLines(stdoutOf(['explore', '--limit', '1000', '--policy', policy, '--json']));
    expect(found).toMatchObject({ complete: false, stuck: { total: 0 } });
  });
});
