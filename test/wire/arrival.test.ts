import { describe, expect, it } from 'vitest';
import { parseCommand } from './bare.ts';
import { act } from './chapter.ts';
import { command } from './samples.ts';

describe('1.1-01 to 1.1-13 at the door', () => {
  act(
    'RecordArrival',
    ['position'],
    [
      [{ position: { latitude: 90.1, longitude: 0 } }, '/data/position/latitude', 'too-big'],
      [{ position: { latitude: 0, longitude: -180.5 } }, '/data/position/longitude', 'too-small'],
      [{ position: { latitude: 0, longitude: 0, accuracyMeters: -1 } }, '/data/position/accuracyMeters', 'too-small'],
      [{ position: { latitude: '9', longitude: 0 } }, '/data/position/latitude', 'invalid-type'],
    ],
  );

  it('-0 is 0', () => {
    const result = parseCommand(command('RecordArrival', { position: { latitude: -0, longitude: -0 } }));
    expect(result).toMatchObject({ ok: true, value: { data: { position: { latitude: 0, longitude: 0 } } } });
  });

  act('ShowCredential', ['credentialId']);
  act(
    'ReportClientAbsence',
    ['call'],
    [
      [{ call: {} }, '/data/call/at', 'missing'],
      [{ call: true }, '/data/call', 'invalid-type'],
      [{ call: { at: '2026-03-09' } }, '/data/call/at', 'invalid-instant'],
    ],
  );
  act('RecordClientReturn', []);
  act(
    'GiveInstruction',
    ['representative', 'waives'],
    [
      [{ about: 'weather' }, '/data/about', 'invalid-value'],
      [{ decision: 'Proceed' }, '/data/decision', 'invalid-value'],
      [{ text: '' }, '/data/text', 'blank'],
      [{ waives: ['role'] }, '/data/waives/0', 'invalid-value'],
      [{ representative: { name: 'Eva', document: '1' } }, '/data/representative', 'unrecognized-key'],
    ],
  );
  act(
    'ValidateIdentity',
    ['fullNameGiven', 'documentShown', 'documentKind'],
    [
      [{ person: 'neighbour' }, '/data/person', 'invalid-value'],
      [{ documentNumber: '1-1111-1111' }, '/data', 'unrecognized-key'],
      [{ documentKind: 'licence' }, '/data/documentKind', 'invalid-value'],
    ],
  );
  act('RejectIdentity', ['call'], [[{ reason: 'rude' }, '/data/reason', 'invalid-value']]);
  act('AnnounceService', [], [[{ service: 7 }, '/data/service', 'invalid-type']]);
});
