import { openEnvelope, sealEnvelope } from './envelope.ts';
import type { DataSubject } from './erasures.ts';
import { type Keyring, keyId } from './keyring.ts';

/** Values of the host under the keys of subjects. @since 0.12.0 */
export type SealedValues = Readonly<{
  /**
   * Encrypts a value of JSON under the key of a subject, for one place of the host: it opens nowhere else, and is gone with the key.
   *
   * @throws RangeError when the subject is erased
   */
  sealFor(subject: DataSubject, place: string, value: unknown): Promise<string>;
  /** Decrypts what `sealFor` answered; null once the subject is erased, and for another place. */
  openFor(subject: DataSubject, place: string, sealed: string): Promise<unknown>;
}>;

const HOST = 'auxilio.host';

const placeOf = ({ visitId, subject }: DataSubject, place: string) => ({
  streamName: `${HOST}/${visitId}`,
  eventId: place,
  subjects: subject,
});

export function createSealedValues(keyring: Keyring): SealedValues {
  const readSecret = async ({ visitId, subject }: DataSubject, make: boolean) => {
    const id = keyId(visitId, subject);
    return (await keyring.read([id], make)).get(id)?.secret ?? null;
  };
  return {
    async sealFor(subject, place, value) {
      const secret = await readSecret(subject, true);
      if (secret === null) throw new RangeError(`The subject ${subject.subject} of ${subject.visitId} is erased`);
      return sealEnvelope(secret, placeOf(subject, place), value);
    },
    async openFor(subject, place, sealed) {
      const secret = await readSecret(subject, false);
      const opened = secret && (await openEnvelope(secret, placeOf(subject, place), sealed));
      return opened?.ok ? opened.value : null;
    },
  };
}
