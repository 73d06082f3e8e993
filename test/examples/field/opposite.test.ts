import { describe, expect, it } from 'vitest';
import { fieldHost } from './field-host.ts';

const at = (minute: number) => `2026-03-17T14:${String(minute).padStart(2, '0')}:00.000Z`;
const instruction = (decision: string, text: string) => ({ about: 'visit', decision, text });
const provider = (id: string, name: string) => ({ provider: { id, name }, arriveBy: at(50) });
const start = { act: 'ProviderArrived', recorded: at(5) };

/** Two decisions that two operators take at the same moment, and the acts before them. */
const opposites = [
  ['instructions', 'GiveInstruction', [instruction('cancel', 'ya no'), instruction('proceed', 'siga')], []],
  [
    'reassignments',
    'ReassignProvider',
    [provider('prov-022', 'Lucía Mora Vargas'), provider('prov-031', 'Ana Soto Vega')],
    [['marta', 'GiveInstruction', instruction('reassign', 'no contesta')]],
  ],
  [
    'an annulment and its opposite, a correction',
    'AnnulAct',
    [
      { ...start, reason: 'no llegó' },
      { what: 'arrival', recorded: at(5), corrected: at(4), reason: 'llegó antes' },
    ],
    [['gerardo', 'RecordArrival', { at: at(5) }]],
  ],
] as const;

describe('two operators who decide on the same version of a visit', () => {
  for (const [name, type, [first, second], before] of opposites) {
    it(`of ${name}: the second is refused, reads what changed, and decides again`, async () => {
      const host = await fieldHost();
      host.time.minutes = 20;
      await host.assign('v-1', 'gerardo');
      const decide = (login: string, act: string, data: object, ifMatch?: string | null) =>
        host.as(login, '/api/visits/v-1/commands', {
          method: 'POST',
          body: {
            type: act,
            data: { visitId: 'v-1', at: at(20), ...data },
            metadata: { commandId: crypto.randomUUID() },
          },
          headers: ifMatch === undefined || ifMatch === null ? {} : { 'if-match': ifMatch },
        });
      for (const [login, act, data] of before) expect((await decide(login, act, data)).status).toBe(200);
      const seen = (await host.as('marta', '/api/visits/v-1')).headers.get('etag');
      const other = 'what' in second ? 'CorrectTime' : type;
      const replies = await Promise.all([decide('marta', type, first, seen), decide('diego', other, second, seen)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
      const refused = replies.find(({ status }) => status === 412);
      const told = (await refused?.json()) as { code: string; version: number };
      expect(told.code).toBe('version-mismatch');
      const since = await host.as('diego', `/api/visits/v-1/events?after=${Number(seen?.slice(1, -1))}`);
      expect(((await since.json()) as { events: unknown[] }).events).toHaveLength(1);
      // On the new state it is judged by the rules, as any act.
      const isFirst = replies[0]?.status === 412;
      const again = await (isFirst
        ? decide('marta', type, first, refused?.headers.get('etag'))
        : decide('diego', other, second, refused?.headers.get('etag')));
      expect([200, 409, 422]).toContain(again.status);
      expect(host.failures).toEqual([]);
    });
  }
});
