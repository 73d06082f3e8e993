import { describe, expect, it } from 'vitest';
import { parseCommand } from './bare.ts';
import { act } from './chapter.ts';
import { AT, command } from './samples.ts';

const photo = { photoId: 'foto-1', sha256: 'b'.repeat(64), takenAt: AT };

describe('1.1-14 to 1.1-29 the inspection', () => {
  act('LocateFault', [], [[{ where: 'a'.repeat(2001) }, '/data/where', 'too-long']]);
  act('InspectArea', ['clientPresent', 'clientConsented']);
  act(
    'TakePhotos',
    [],
    [
      [{ photos: [photo, { ...photo, sha256: 'B'.repeat(64) }] }, '/data/photos/1/sha256', 'invalid-sha256'],
      [{ photos: [{ ...photo, takenAt: '2026-02-30T00:00:00Z' }] }, '/data/photos/0/takenAt', 'invalid-instant'],
      [{ photos: [{ ...photo, bytes: '…' }] }, '/data/photos/0', 'unrecognized-key'],
      [{ photos: { 0: photo } }, '/data/photos', 'invalid-type'],
      [{ photos: Array(101).fill(photo) }, '/data/photos', 'too-many-items'],
    ],
  );
  act(
    'SubmitPhotos',
    ['channel', 'appUnavailableReason'],
    [[{ photoIds: ['foto-1', 'foto 2'] }, '/data/photoIds/1', 'invalid-id']],
  );
  act('DocumentPhotos', []);
  act('AssessService', []);
  act(
    'ExplainWork',
    [],
    [
      [{ materials: [{ item: 'tubo', quantity: 0 }] }, '/data/materials/0/quantity', 'too-small'],
      [{ materials: [{ item: 'tubo', quantity: 0.0001 }] }, '/data/materials/0/quantity', 'too-precise'],
      [{ materials: [{ item: 'tubo', quantity: 1_000_001 }] }, '/data/materials/0/quantity', 'too-big'],
      [{ materials: [{ item: 'tubo', quantity: '1' }] }, '/data/materials/0/quantity', 'invalid-type'],
      [{ materials: [{ item: 'tubo' }] }, '/data/materials/0/quantity', 'missing'],
    ],
  );

  it.each([
    ['TakePhotos', { photos: [] }],
    ['SubmitPhotos', { photoIds: [] }],
    ['SubmitPhotos', { channel: 'fax' }],
    ['ExplainWork', { materials: [] }],
    ['ExplainWork', { materials: [{ item: 'pega', quantity: 0.007 }] }],
    ['ExplainWork', { materials: [{ item: 'constructor', quantity: 1_000_000 }] }],
  ] as const)('%s with %j is left to the rules', (type, changes) => {
    expect(parseCommand(command(type, changes)).ok).toBe(true);
  });
});
