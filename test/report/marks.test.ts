import { describe, expect, it } from 'vitest';
import { seal, verifyChain } from '../../src/chain.ts';
import { actName, clause } from '../../src/index.ts';
import { explainPast } from '../../src/locale/explain.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, minute } from '../../src/testing.ts';
import { photo } from '../scenarios/commands.ts';
import { attribute, below, classes, pairsIn, reported, rowsIn, textOf } from './page.ts';

const arrived = eventsAfter('RecordArrival');
const sealed = seal(arrived);

/** The chip of the row of that name: its tone, its picture and its words. */
function chipOf(page: ReturnType<typeof reported>, label: string) {
  const row = page.all('dt').find((name) => textOf(name) === label)?.parentNode;
  const [chip] = below(row!).filter((one) => classes(one).includes('c'));
  const [picture] = below(chip!).filter(({ tagName }) => tagName === 'use');
  return [...classes(chip!), attribute(picture!, 'href'), textOf(chip!)];
}

const label = 'Sello del registro (SHA-256)';

describe('the seal of a log', () => {
  it('that is whole is marked so, with its head', () => {
    const page = reported(sealed, { chain: verifyChain });
    expect(chipOf(page, label)).toEqual(['c', 'ok', '#i-ok', '2 actos, íntegro']);
    expect(pairsIn(page.all('dl', 'p')[0]!)[label]).toContain(sealed[1]!.metadata.hash);
  });

  it('that is broken is marked so, in as many places as the chain is, whatever else is wrong with the log (1.1-01)', () => {
    const unlawful = {
      ...arrived[1]!,
      type: 'WorkStarted',
      data: { ...arrived[1]!.data, at: minute(9) },
    } as VisitEvent;
    const log = seal([...arrived, unlawful]);
    const changed = log.map((event, n) => (n === 1 ? { ...event, data: { ...event.data, at: minute(3) } } : event));
    const page = reported(changed as VisitEvent[], { chain: verifyChain });
    expect(chipOf(page, label)).toEqual(['c', 'bad', '#i-bad', 'Roto en 1 lugar']);
  });

  it('has no row where nobody verified it', () => {
    expect(pairsIn(reported(sealed).all('dl', 'p')[0]!)).not.toHaveProperty([label]);
  });
});

describe('what a visit lacks', () => {
  it('is said: the acts that would make it payable (1.1-27)', () => {
    const [next] = reported(arrived).all('p', 'next');
    for (const act of ['ShowCredential', 'ReportStart', 'DocumentStart', 'CompleteVisit'] as const) {
      expect(textOf(next!)).toContain(actName(act, 'es-CR'));
    }
  });

  it('has its clauses listed, each with its text, where nothing called for them', () => {
    const section = reported(arrived).section('Evidencia de pago');
    const items = below(section).filter(({ tagName }) => tagName === 'li');
    expect(items.map(textOf)).toContain(`1.1-48 ${clause('1.1-48').text['es-CR']}`);
    expect(items).toHaveLength(6 - rowsIn(section).length);
  });

  it('has one sentence for the lists that are empty', () => {
    const sentences = reported(arrived).all('p', 'm').map(textOf);
    expect(sentences[0]).toMatch(
      /^No hay correcciones, discrepancias, tiempo trabajado, obligaciones, .*fotografías\.$/,
    );
    expect(sentences[0]).not.toContain('medidas');
  });
});

describe('what was found', () => {
  it('is told in the past, and its clauses are among those cited (1.1-40)', () => {
    const started = { ...arrived[1]!, type: 'WorkStarted', data: { ...arrived[1]!.data, at: minute(9) } } as VisitEvent;
    const log = [...arrived, started];
    const page = reported(log);
    const violation = audit(log).findings.find(({ rule }) => rule === 'tools-shown');
    expect(textOf(page.section('Los actos'))).toContain(explainPast(violation, 'es-CR'));
    expect(textOf(page.byId('c-1.1-40'))).toContain(clause('1.1-40').text['es-CR']);
  });

  it('a measure taken several times at one act is shown by the greatest (1.1-19)', () => {
    const photos = [8, 2, 5].map((taken) => ({ ...photo(`p-${taken}`), takenAt: minute(taken) }));
    const log = advance(eventsBefore('TakePhotos'), [
      command('TakePhotos', { at: minute(9), photos }),
      command('SubmitPhotos', { at: minute(40), photoIds: ['p-8', 'p-2', 'p-5'], channel: 'app' }),
    ]);
    const row = rowsIn(reported(log).section('Medidas')).find(([name]) => name?.includes('× 3'));
    expect(row?.[3]).toBe('38 min');
  });
});
