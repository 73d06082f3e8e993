import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/index.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, stdoutOf } from './support.ts';

const visits = [...simulate({ visits: 40, seed: 4 })].map(({ events }) => events);
const [plain = []] = visits;
const textOf = (events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const placeOf = (type: string) => plain.findIndex((event) => event.type === type);
const at = (type: string, minutes: number) =>
  new Date(Date.parse(plain[placeOf(type)]!.data.at) + minutes * 60_000).toISOString();

/** The same event with other data. */
const withData = (event: VisitEvent, data: object) => ({ ...event, data: { ...event.data, ...data } }) as VisitEvent;
const { provider, visitId } = plain[0]!.data as unknown as { provider: { id: string }; visitId: string };
const eventOf = (type: string, when: string, role: string, id: string, data: object) =>
  ({ type, data: { visitId, at: when, by: { role, id }, ...data } }) as unknown as VisitEvent;

/** A visit in which much is odd, and nothing unlawful. */
function odd(): readonly VisitEvent[] {
  const changed = plain.map((event) => {
    if (event.type === 'VisitAssigned') return withData(event, { arriveBy: at('ProviderArrived', -120) });
    if (event.type !== 'PhotosTaken') return event;
    const photos = event.data.photos.map((photo) => ({ ...photo, takenAt: at('PhotosSubmitted', 10) }));
    return withData(event, { photos });
  });
  const start = changed[placeOf('StartReported')]!;
  const rest = changed.filter((event) => event !== start);
  const before = rest.findIndex(({ type }) => type === 'PhotosSubmitted');
  rest.splice(before, 0, withData(start, { at: at('PhotosSubmitted', 0) }));
  const when = at('ServiceAnnounced', 0);
  const announced = rest.findIndex(({ type }) => type === 'ServiceAnnounced');
  const declined = eventOf('OffContractRequestDeclined', when, 'provider', provider.id, {
    activity: 'other',
    detail: 'Pintar la reja',
  });
  const breach = eventOf('ConductBreachReported', when, 'client', 'client', { kind: 'smoking', detail: 'En la sala' });
  const escalated = eventOf('ClientImpactEscalated', when, 'provider', provider.id, { what: 'Se cortó el agua' });
  const instructed = eventOf('InstructionGiven', when, 'contact-center', 'OP-1', {
    about: 'visit',
    decision: 'proceed',
    text: 'Siga',
    waives: ['photos-sent'],
  });
  rest.splice(announced + 1, 0, declined, breach, escalated, instructed);
  return rest;
}

const oddLog = file('odd-visit.ndjson', textOf(odd()));

describe('dossier', () => {
  const out = stdoutOf(['dossier', oddLog]);

  it('shows a clock that is off with its sign', () => {
    expect(out).toMatch(/ · Fotografía: de tomada a enviada: −10 min/);
    expect(out).toMatch(/ ~ .*odd-visit\.ndjson, línea \d+: El reloj no cuadra: .*fotografía/);
  });

  it('shows the remarks: lateness that nobody reported, and an early start call', () => {
    expect(out).toMatch(/Observaciones\n/);
    expect(out).toMatch(/Llegó 2 h tarde y no reportó .*\(2\.2-09\)/);
    expect(out).toMatch(/La llamada de inicio fue temprana/);
  });

  it('shows what was declined in words, with its line', () => {
    expect(out).toMatch(/Solicitudes declinadas\n {2}· .* · Pintar la reja · .* \[\d+\]/);
  });

  it('shows what was reported of the conduct, and what was escalated, before the evidence', () => {
    const [head = ''] = out.split('Evidencia de pago');
    expect(head).toMatch(/! Falta de conducta: .+ · En la sala · .+ · cliente client \(2\.2-11\) \[\d+\]\n/);
    const who = `proveedor ${provider.id} \\(2\\.2-08\\) \\[\\d+\\]\n`;
    expect(head).toMatch(new RegExp(`! Escalamiento: Se cortó el agua · .+ · ${who}`));
  });

  it('shows the trips without service', () => {
    const all = stdoutOf(['dossier', file('attempts.ndjson', visits.map(textOf).join(''))]);
    expect(all).toMatch(/Llegadas sin servicio\n {2}· .* – .* \[\d+, \d+\]/);
  });

  it('says whether it is payable as the payment sheet does', () => {
    const row = jsonLines(stdoutOf(['payments', oddLog, '--json']))[0];
    expect(row.payable).toBe(true);
    expect(out).toContain('  Pagable: sí\n');
  });
});

describe('show', () => {
  const out = stdoutOf(['show', oddLog]);

  it('shows everything that an act says, by name', () => {
    expect(out).toMatch(/Fotografías: \S+/);
    expect(out).toMatch(/Pruebas: .*: aprobada/);
    expect(out).toContain('Detalle: En la sala');
    expect(out).toContain('Decisión: proceder');
    expect(out).toMatch(/: el envío de las fotografías\n/);
    const all = stdoutOf(['show', file('shown.ndjson', visits.map(textOf).join('')), '--locale', 'en']);
    expect(all).toMatch(/Decision: proceed/);
    expect(all).toMatch(/Materials: .*: \d/);
    expect(all).not.toMatch(/&(?:amp|lt|gt|quot|#39);|<\/?(?:bdi|time|code)/);
  });

  it('shows a client without an id of their own by the role alone', () => {
    expect(out).not.toContain('cliente client');
    expect(out).toMatch(/Falta de conducta reportada|conducta/);
  });
});

describe('several files', () => {
  const other = file('second-file.ndjson', textOf(visits[1] ?? []));

  it('are read by dossier and show, each visit with its file', () => {
    for (const command of ['dossier', 'show']) {
      const out = stdoutOf([command, oddLog, other]);
      expect(out).toContain(`· ${oddLog}\n`);
      expect(out).toContain(`· ${other}\n`);
      expect(jsonLines(stdoutOf([command, '--json', oddLog, other])).map((one) => one.file)).toEqual([oddLog, other]);
      expect(stdoutOf([command, oddLog, other, '--visit', 'sim-2'])).not.toContain('sim-1 ');
    }
  });

  it('are audited for one visit of one of them', () => {
    expect(stdoutOf(['audit', oddLog, other, '--visit', 'sim-2', '--quiet'])).toBe('');
    expect(jsonLines(stdoutOf(['audit', '--json', oddLog, other, '--visit', 'sim-2']))).toHaveLength(1);
    const { err, code } = auxilio(['audit', oddLog, '--visit', 'sim-2']);
    expect(err).toBe('auxilio: no se encontró la visita sim-2\n');
    expect(code).toBe(2);
  });
});

describe('explain', () => {
  const without = file('late-start.ndjson', textOf(plain.filter(({ type }) => !/^Start(?:Re|Do)/.test(type))));
  const audited = auxilio(['audit', '--json', without]).out;

  it('takes a line of audit --json, and all of them, each finding with its file and line', () => {
    const out = stdoutOf(['explain'], { input: audited });
    expect(out).toMatch(/^Visita sim-1\n/);
    expect(out).toMatch(/ {2}.*late-start\.ndjson, línea \d+: No constaba la llamada de inicio\.\n/);
    const both = stdoutOf(['explain'], { input: audited + stdoutOf(['audit', '--json', oddLog]) });
    expect(both.match(/^Visita sim-1/gm)).toHaveLength(2);
    expect(jsonLines(stdoutOf(['explain', '--json'], { input: audited }))[0]).toMatchObject({
      visitId: 'sim-1',
      findings: [expect.objectContaining({ text: 'No constaba la llamada de inicio.' })],
    });
  });

  it('says no place of findings that have none, as those of audit in the core', () => {
    const [{ visitId, findings }] = jsonLines(audited);
    const { line: _, ...finding } = findings[0];
    const value = { visitId, findings: [finding] };
    const out = (given: object) => stdoutOf(['explain'], { input: JSON.stringify(given) });
    const text = 'No constaba la llamada de inicio.';
    expect(out(value)).toBe(`Visita sim-1\n  ${text}\n`);
    expect(out({ ...value, file: 'a.ndjson' })).toBe(`Visita sim-1\n  a.ndjson: ${text}\n`);
  });

  it('speaks of one refusal to somebody who is about to act', () => {
    const [{ findings }] = jsonLines(audited);
    expect(stdoutOf(['explain'], { input: JSON.stringify(findings[0]) })).toMatch(/^Falta la llamada de inicio; /);
  });
});

describe('findings that say the same', () => {
  it('are shown with all their lines, or with how to see them', () => {
    const missing = plain.filter(({ type }) => type !== 'ProviderArrived');
    const { out } = auxilio(['audit', file('no-arrival.ndjson', textOf(missing))]);
    expect(out).toMatch(/línea(?:s [\d, ]+ y \d+|s [\d, ]+ y \d+ más; todas, con --json)?: No constaba la llegada/);
    expect(out.match(/dispensar/g)).toBe(null);
  });
});
