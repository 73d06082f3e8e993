import type { ReplicaVisit } from 'auxilio/replica';
import { visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { toSubmit } from '../../../examples/field/phone/src/to-submit.ts';

const at = '2026-03-17T14:00:00.000Z';
const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
const photo = (sha256: string, uploadedAt?: string) => ({
  ...{ sha256, mediaType: 'image/jpeg', addedAt: at, size: 1 },
  ...(uploadedAt !== undefined && { uploadedAt }),
});
const taken = [
  { photoId: 'f-1', sha256: one, isSent: false },
  { photoId: 'f-2', sha256: other, isSent: false },
];
const next = { next: 'SubmitPhotos', open: ['SubmitPhotos', 'TakePhotos'] } as const;
const { state: local } = visitAt('on-site');
const { state: working } = visitAt('working');

const visitWith = (visit: Partial<ReplicaVisit>) =>
  ({ pending: [], local, photos: [photo(one, at), photo(other, at)], ...visit }) as ReplicaVisit;

describe('the photographs whose sending is recorded without a touch (1.1-19)', () => {
  it('are all that were taken and not sent, once the center has their bytes', () => {
    expect(toSubmit(visitWith({}), taken, next)).toEqual(['f-1', 'f-2']);
    const [first, second] = taken as [(typeof taken)[0], (typeof taken)[0]];
    expect(toSubmit(visitWith({}), [{ ...first, isSent: true }, second], next)).toEqual(['f-2']);
    expect(toSubmit(visitWith({ photos: [photo(one, at), photo(other)] as never }), taken, next)).toEqual([]);
    expect(toSubmit(visitWith({ photos: [photo(one, at)] as never }), taken, next)).toEqual([]);
    expect(toSubmit(visitWith({}), [], next)).toEqual([]);
  });

  it('wait for the act that takes them, which can be undone', () => {
    const pending = [{ command: { type: 'TakePhotos' } }] as unknown as ReplicaVisit['pending'];
    expect(toSubmit(visitWith({ pending }), taken, next)).toEqual([]);
  });

  it('wait for the shots that are to be taken first; after the start they do not', () => {
    const shots = { next: 'TakePhotos', open: next.open } as const;
    expect(toSubmit(visitWith({}), taken, shots)).toEqual([]);
    expect(toSubmit(visitWith({ local: working }), taken, shots)).toEqual(['f-1', 'f-2']);
    expect(toSubmit(visitWith({ local: working }), taken, { next: undefined, open: [] })).toEqual([]);
  });

  it('are a hundred at most in one act', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ photoId: `f-${index}`, sha256: one, isSent: false }));
    expect(toSubmit(visitWith({}), many, next)).toHaveLength(100);
  });
});
