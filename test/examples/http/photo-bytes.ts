import { createHash } from 'node:crypto';
import { commands as create } from 'auxilio';
import { jpeg } from '../../../scripts/field/jpeg.ts';
import { at, sent } from './host.ts';

const nobody = { role: 'contact-center', id: 'nobody' } as const;

/** A photograph of so many bytes, or bytes that begin so. */
export function photo(size = 200, begin: readonly number[] = [...jpeg]) {
  const bytes = Uint8Array.from({ length: size }, (_, n) => begin[n] ?? (n * 7) % 251);
  return { bytes, sha256: hashOf(bytes) };
}

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Wire = { type: string; data: object; metadata?: object };

const locate = () => sent(create.locateFault({ visitId: 'v-1', at: at(8), where: 'cocina' }, nobody));
export const take = (photoId: string, sha256: string, commandId: string): Wire =>
  sent(
    create.takePhotos({ visitId: 'v-1', at: at(9), photos: [{ photoId, sha256, takenAt: at(9) }] }, nobody, commandId),
  );
export const submit = (photoIds: string[], commandId: string, channel = 'app'): Wire =>
  sent(
    create.submitPhotos(
      { visitId: 'v-1', at: at(10), photoIds, channel, ...(channel === 'email' && { appUnavailableReason: 'x' }) },
      nobody,
      commandId,
    ),
  );

/** The acts of a provider before photographs are taken. */
export const inspecting = (): Wire[] => [
  sent(create.showCredential({ visitId: 'v-1', at: at(3) }, nobody)),
  sent(
    create.validateIdentity(
      { visitId: 'v-1', at: at(4), person: 'client', fullNameGiven: true, documentShown: true },
      nobody,
    ),
  ),
  sent(create.announceService({ visitId: 'v-1', at: at(5), service: 'fontanería' }, nobody)),
  locate(),
];
