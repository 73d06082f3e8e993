import { type Actor, commands, type Instant } from 'auxilio';
import type { memoryStore } from 'auxilio/memory';
import type { PrivacyOptions, SubjectsOf } from 'auxilio/privacy';
import { expect } from 'vitest';
import { privateService } from './fixture.ts';

export const center: Actor = { role: 'contact-center', id: 'op-7' };
export const at = (minute: number): Instant => `2026-03-17T14:${String(minute).padStart(2, '0')}:00.000Z`;

/** The customers of a host, by the name of the client. */
const customers: Readonly<Record<string, string>> = { 'Ana Rojas': 'cus-0007', 'Beto Soto': 'cus-0008' };

export const subjectsOf: SubjectsOf = ({ data }) => {
  const { client, provider } = data as { client?: { name: string }; provider?: { id: string } };
  const customer = client && customers[client.name];
  return [
    ...(customer === undefined ? [] : [{ subject: 'client', person: customer }]),
    ...(provider === undefined ? [] : [{ subject: `provider/${provider.id}`, person: `staff-${provider.id}` }]),
  ];
};

export const assign = (visitId: string, name: string, commandId = `assign-${visitId}`) =>
  commands.assignVisit(
    {
      visitId,
      at: at(0),
      caseNumber: 'EXP-4512',
      service: 'fontanería',
      place: 'Barva de Heredia',
      client: { name },
      provider: { id: 'prov-14', name: 'Luis Mora' },
      arriveBy: at(50),
    },
    center,
    commandId,
  );

/** Ends a visit, as the center decides. */
export const cancel = (visitId: string) => [
  commands.giveInstruction(
    { visitId, at: at(40), about: 'visit', decision: 'cancel', text: 'La cliente canceló' },
    center,
    `cancel-${visitId}`,
  ),
  commands.closeVisit({ visitId, at: at(41) }, center, `close-${visitId}`),
];

/** A service whose host names persons. */
export const namedService = (given: Partial<PrivacyOptions> = {}) => privateService({ subjectsOf, ...given });

/** All rows of a store, as it has them. */
export async function readAllRows(store: ReturnType<typeof memoryStore>): Promise<string> {
  const names = ['auxilio.persons', 'auxilio.notes', 'auxilio.requests', 'auxilio.erasures'];
  const rows = await Promise.all(names.map((name) => store.readRows(name, { maxCount: 10_000 })));
  expect(rows.flat().length).toBeGreaterThan(0);
  return JSON.stringify(rows);
}

/** A store that does something else right before the first commit of a consumer of persons. */
export function meetingStore(store: ReturnType<typeof memoryStore>, meet: () => Promise<unknown>): typeof store {
  let isMet = false;
  return {
    ...store,
    async commitCheckpoint(consumer, update) {
      if (!isMet && consumer.startsWith('auxilio.persons.')) {
        isMet = true;
        await meet();
      }
      return store.commitCheckpoint(consumer, update);
    },
  };
}
