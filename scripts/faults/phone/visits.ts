/** The visits of a phone: assigned by the contact center, and the acts of the provider, each under an id of its own. */
import { createHash } from 'node:crypto';
import { commands, type VisitCommand } from 'auxilio';
import type { PhoneServer } from './server.ts';
import { at, type Step } from './work.ts';

const provider = { role: 'provider', id: 'p-1' } as const;

/** The size of each photograph. */
export const PHOTO_BYTES = 60_000;

/** Assigns a visit; the acts to take in it. */
export async function assignVisit(
  { service }: PhoneServer,
  visitId: string,
  random: () => number,
): Promise<readonly Step[]> {
  const assign = commands.assignVisit(
    {
      ...{ visitId, at: at(0), arriveBy: at(60), caseNumber: 'EXP-1', client: { name: 'Ana Rojas' } },
      ...{ provider: { id: provider.id, name: 'Luis Mora' }, service: 'fontanería', place: 'Barva' },
    },
    { role: 'contact-center', id: 'op-1' },
  );
  const answer = await service.handle(assign);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return stepsOf(visitId, random);
}

/** The acts of a provider up to the photographs. */
function stepsOf(visitId: string, random: () => number): Step[] {
  const bytes = Buffer.from([
    0xff,
    0xd8,
    0xff,
    ...Array.from({ length: PHOTO_BYTES - 3 }, () => Math.floor(random() * 256)),
  ]);
  const photo = { photoId: 'f-1', sha256: createHash('sha256').update(bytes).digest('hex'), takenAt: at(9) };
  const acts: readonly VisitCommand[] = [
    commands.recordArrival({ visitId, at: at(1) }, provider),
    commands.showCredential({ visitId, at: at(3) }, provider),
    commands.validateIdentity(
      { visitId, at: at(4), person: 'client', fullNameGiven: true, documentShown: true },
      provider,
    ),
    commands.announceService({ visitId, at: at(5), service: 'fontanería' }, provider),
    commands.locateFault({ visitId, at: at(8), where: 'cocina' }, provider),
    commands.takePhotos({ visitId, at: at(9), photos: [photo] }, provider),
    commands.submitPhotos({ visitId, at: at(10), photoIds: ['f-1'], channel: 'app' }, provider),
  ];
  return acts.map(({ type, data }, n) => ({
    command: { type, data, metadata: { commandId: `${visitId}-${n}` } },
    ...(type === 'TakePhotos' && { photo: bytes.toString('base64') }),
  }));
}
