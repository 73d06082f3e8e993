import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { dossier, type Holding, audit as readState } from '../../src/reading/index.ts';
import { reportHtml } from '../../src/report.ts';
import { heldPhotos } from '../../src/service.ts';
import { advance, command, eventsAfter, given, minute, simulate } from '../../src/testing.ts';
import { photo, plain } from '../scenarios/commands.ts';

const hash = photo('f-1').sha256;
const holdingOf = (sha256: string): Holding => ({ sha256, since: minute(90), mediaType: 'image/jpeg', bytes: 2048 });
const { sha256: _, ...ofHash } = holdingOf(hash);
const taken = () => eventsAfter('TakePhotos');
const sent = () => eventsAfter('SubmitPhotos');
const filed = () => advance(sent(), [command('DocumentPhotos', { at: minute(24), photoIds: ['f-1'] })]);
const only = (log: readonly VisitEvent[], holdings: readonly Holding[] = []) => heldPhotos({ log, holdings })[0];
const timeOf = (log: readonly VisitEvent[], type: VisitEvent['type']) => log.find((one) => one.type === type)?.data.at;

function verdictOf(log: readonly VisitEvent[], clause: ClauseId, holdings?: readonly Holding[]) {
  const options = holdings === undefined ? {} : { heldPhotos: heldPhotos({ log, holdings }) };
  return dossier(log, options).protocol.find((one) => one.clause === clause);
}

describe('1.1-18 … 22 a photograph is taken, said, held and filed', () => {
  it('taken alone is neither said nor missing', () => {
    expect(only(taken())).toMatchObject({ photoId: 'f-1', sha256: hash, said: null, held: null, missingSince: null });
  });

  it('said to be sent, and not held, is missing since then', () => {
    expect(only(sent())).toMatchObject({
      said: timeOf(sent(), 'PhotosSubmitted'),
      channel: 'app',
      held: null,
      filed: null,
      missingSince: timeOf(sent(), 'PhotosSubmitted'),
    });
  });

  it('held, whatever the case of its hash, since the host has the bytes', () => {
    const upper = heldPhotos({ log: sent(), holdings: [holdingOf(hash.toUpperCase())] });
    expect(upper).toEqual(heldPhotos({ log: sent(), holdings: [holdingOf(hash)] }));
    expect(upper[0]).toMatchObject({ held: ofHash, missingSince: null });
    expect(only(taken(), [holdingOf(hash)])).toMatchObject({ said: null, held: ofHash, missingSince: null });
    expect(only(sent(), [holdingOf('f'.repeat(64))])).toMatchObject({ held: null });
  });

  it('filed by a person, whether it is held or not', () => {
    expect(only(filed())).toMatchObject({ filed: minute(24), held: null, missingSince: only(sent())?.said });
    expect(only(filed(), [holdingOf(hash)])).toMatchObject({ filed: minute(24), missingSince: null });
  });

  it('by the decision of one command, given what was taken', () => {
    const submitted = plain.find(({ type }) => type === 'SubmitPhotos');
    if (submitted === undefined) throw new Error('A plain visit submits photographs');
    const { photos } = given(taken()).when(submitted).accepts('PhotosSubmitted', { by: submitted.metadata.actor });
    expect(photos.byId['f-1']?.sentAt).toBe(only(sent())?.said);
  });

  it('names the visits with the same file, and its own visit if it has the file twice', () => {
    const twice = advance(taken(), [command('TakePhotos', { at: minute(23), photos: [photo('f-2')] })]);
    const namings = [
      { sha256: hash.toUpperCase(), visitId: 'visit-2' },
      { sha256: hash, visitId: 'visit-1' },
      { sha256: 'e'.repeat(64), visitId: 'visit-3' },
    ];
    const repeated = (log: readonly VisitEvent[]) =>
      heldPhotos({ log, holdings: [], namings }).map((one) => one.repeated);
    expect(repeated(taken())).toEqual([['visit-2']]);
    const same = photo('f-2').sha256 === hash;
    expect(repeated(twice)).toEqual(
      same
        ? [
            ['visit-1', 'visit-2'],
            ['visit-1', 'visit-2'],
          ]
        : [['visit-2'], []],
    );
  });

  it('answers on entries that cannot be read as the readers do', () => {
    const broken = [...sent(), null, { type: 'PhotosTaken', data: { photos: 3 } }] as never;
    expect(heldPhotos({ log: broken, holdings: [] })).toEqual(heldPhotos({ log: sent(), holdings: [] }));
    expect(() => heldPhotos({ log: 'visit' as never, holdings: [] })).toThrow('heldPhotos takes the log');
  });
});

describe('the dossier tells photographs that are held from those that are only said', () => {
  it('judges by the log alone without the option', () => {
    expect(dossier(sent()).heldPhotos).toBeNull();
    expect(verdictOf(sent(), '1.1-19')).toMatchObject({ status: 'satisfied', facts: {} });
  });

  it('names what is not held with the acts that say so: it was not sent', () => {
    const index = filed().findIndex(({ type }) => type === 'PhotosSubmitted');
    expect(verdictOf(filed(), '1.1-19', [])).toMatchObject({
      status: 'missing',
      evidence: expect.arrayContaining([index]),
      facts: { notHeld: ['f-1'] },
    });
    expect(verdictOf(filed(), '1.1-22', [])).toMatchObject({
      status: verdictOf(filed(), '1.1-22')?.status,
      facts: { notHeld: ['f-1'] },
    });
    expect(verdictOf(sent(), '1.1-22', [])?.facts).toEqual(verdictOf(sent(), '1.1-22')?.facts);
  });

  it('looks for no bytes of what went by e-mail', () => {
    const mailed = advance(taken(), [
      command('SubmitPhotos', { photoIds: ['f-1'], channel: 'email', appUnavailableReason: 'sin app' }),
    ]);
    expect(only(mailed)).toMatchObject({ channel: 'email', held: null });
    expect(verdictOf(mailed, '1.1-19', [])).toEqual(verdictOf(mailed, '1.1-19'));
  });

  it('shows since when each is held or missing in a report, and nothing of it where nobody looked', () => {
    const shown = (holdings?: readonly Holding[]) => {
      const told = holdings && { heldPhotos: () => heldPhotos({ log: sent(), holdings }) };
      const page = reportHtml(sent(), { locale: 'en', ...told });
      return [/Said to be sent, and not held: f-1\./, /missing since Mar 17, 08:08/, /data-l="Held"/].map((text) =>
        text.test(page),
      );
    };
    expect(shown([])).toEqual([true, true, true]);
    expect(shown([holdingOf(hash)])).toEqual([false, false, true]);
    expect(shown()).toEqual([false, false, false]);
    expect(() => reportHtml(sent(), { heldPhotos: 3 as never })).toThrow('heldPhotos is a function');
  });
});

describe('laws of held photographs', () => {
  const logs = [...simulate({ visits: 60, seed: 7 })].map(({ events }) => events);

  it('has the photographs of the state, each in the states that the log gives it', () => {
    let seen = 0;
    for (const log of logs) {
      const { state } = readState(log);
      const found = heldPhotos({ log, holdings: [] });
      seen += found.length;
      expect(
        found.map(({ photoId, taken: takenAt, said: sentAt, filed: documentedAt, shot }) => [
          photoId,
          { takenAt, shot, sentAt, documentedAt },
        ]),
      ).toEqual(Object.entries(state.photos.byId));
    }
    expect(seen).toBeGreaterThan(60);
  });

  it('says missing of what is said and not held, and of nothing else; with all held, the verdicts are those of the log', () => {
    for (const log of logs) {
      for (const { said, held, missingSince } of heldPhotos({ log, holdings: [] })) {
        expect(held).toBeNull();
        expect(missingSince).toBe(said);
      }
      const all = heldPhotos({ log, holdings: [] }).flatMap(({ sha256 }) => (sha256 === null ? [] : holdingOf(sha256)));
      const whole = heldPhotos({ log, holdings: all });
      expect(whole.filter(({ missingSince }) => missingSince !== null)).toEqual([]);
      expect({ ...dossier(log, { heldPhotos: whole }), heldPhotos: null }).toEqual(dossier(log));
    }
  });
});
