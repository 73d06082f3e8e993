import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '../../../src/reconciling/index.ts';
import { actors, advance, command, eventsBefore, minute } from '../../../src/testing.ts';
import { loadScreens, page, playOnScreens, type Screens } from './told-on-screens.ts';

for (const [name, value] of Object.entries(page)) vi.stubGlobal(name, value);
afterAll(() => vi.unstubAllGlobals());

let screens: Screens;
beforeAll(async () => {
  screens = await loadScreens();
  screens.choose('es-CR');
});

describe('the words of a discrepancy', () => {
  const log = eventsBefore('ShowTools');
  const despite = { by: 'Marta', reason: 'Me dijo que siguiera' };
  const start = command('StartWork', { at: minute(20) });
  const anyway = { ...start, metadata: { ...start.metadata, commandId: 'c-1', despite } } as typeof start;

  /** The headline and the marks of the case that follows where the act was recorded on the first events of a log. */
  function told(basedOn: number, events = log, reads: readonly object[] = []) {
    const answer = reconcile({ log: events, basedOn, commands: [anyway] });
    const found = screens.caseOf([...events, ...(answer.ok ? answer.events : [])], reads);
    if (found === null) throw new Error('Nothing is to be decided');
    return [screens.headlineOf(found), ...found.moments.map(screens.unseenText).filter(Boolean)];
  }

  it('say of an act that was done anyway, with a signal, neither that there was none nor that something was not seen', () => {
    const [headline, ...marks] = told(log.length);
    expect(headline).toMatch(
      /^Luis Mora trabajó a las .*; le faltaba algo del protocolo y dice que lo autorizó Marta\.$/,
    );
    expect(marks).toEqual([]);
  });

  it('say of an act that was recorded apart what its recorder did not see, and no more', () => {
    const cancel = command('GiveInstruction', { at: minute(18), about: 'visit', decision: 'cancel', text: 'Ya no' });
    const cancelled = advance(log, cancel);
    expect(told(log.length, cancelled)).toEqual([
      expect.stringMatching(/^Luis Mora trabajó a las .* sin señal; el centro canceló a las .*, y no lo vio\.$/),
      'no lo vio',
      'sin ver 1 acto de otros',
    ]);
    // What happened later could not be seen yet: the headline says it, the act has no mark.
    const later = command('GiveInstruction', { at: minute(25), about: 'visit', decision: 'cancel', text: 'Ya no' });
    expect(told(log.length, advance(log, later))).toEqual([
      expect.stringMatching(/sin señal; .*, y no lo vio\.$/),
      'no lo vio',
    ]);
  });

  it('tell what was read from what was only on the phone, and both from what was not there', () => {
    const cancel = command('GiveInstruction', { at: minute(18), about: 'visit', decision: 'cancel', text: 'Ya no' });
    const cancelled = advance(log, cancel);
    const position = cancelled.length;
    const read = (at: string) => ({ position, providerId: actors.provider.id, device: 'd-1', at });
    // On the phone, and nobody read it there.
    expect(told(position, cancelled)).toEqual([
      expect.stringMatching(/; le faltaba algo del protocolo y dice que lo autorizó Marta\.$/),
      'en su teléfono, sin leer',
      'sin ver 1 acto de otros',
    ]);
    // Read there, before the act: it was seen.
    expect(told(position, cancelled, [read(minute(19))])).toEqual([
      expect.stringMatching(/dice que lo autorizó Marta\.$/),
      expect.stringMatching(/^lo leyó a las .*19/),
    ]);
    // Read after the act.
    expect(told(position, cancelled, [read(minute(21))]).slice(1)).toEqual([
      expect.stringMatching(/^lo leyó a las .*21/),
      'sin ver 1 acto de otros',
    ]);
    // Not on the phone of the act, but read on another one; of several readings the first one counts.
    const elsewhere = [read(minute(30)), read(minute(19))];
    expect(told(log.length, cancelled, elsewhere)).toEqual([
      expect.stringMatching(/sin señal; el centro canceló a las .*18.*, y lo había leído a las .*19.*\.$/),
      expect.stringMatching(/^lo leyó a las .*19/),
    ]);
    // The reading of another person is not theirs.
    const others = [{ ...read(minute(19)), providerId: 'prov-99' }];
    expect(told(log.length, cancelled, others)).toEqual(told(log.length, cancelled));
  });

  it('say of a change that nobody has to read that it had not reached the phone', () => {
    const amend = command('AmendAssignment', { at: minute(18), place: 'Heredia' });
    expect(told(log.length, advance(log, amend)).slice(1)).toEqual(['no le había llegado', 'sin ver 1 acto de otros']);
  });
});

describe('the words of a discrepancy with the client', () => {
  it('never say that the center recorded what the client did', () => {
    const tested = eventsBefore('RecordConformity');
    const objection = command('RecordObjection', { at: minute(40), what: 'gotea' }, actors.client);
    const conformed = command('RecordConformity', { at: minute(41) });
    const log = advance(tested, objection);
    const told = { ...conformed, metadata: { ...conformed.metadata, actor: actors.provider, commandId: 'c-1' } };
    const answer = reconcile({ log, basedOn: tested.length, commands: [told as typeof conformed] });
    const found = screens.caseOf([...log, ...(answer.ok ? answer.events : [])]);
    expect(found && screens.headlineOf(found)).toMatch(
      /sin señal, a las .*[^o]\. El centro no cambió nada mientras tanto\.$/,
    );
  });
});

describe('what both screens say of a visit', () => {
  it('is what its log says, in some simulated visits', () => {
    playOnScreens(30);
  });
});
