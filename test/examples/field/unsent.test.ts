import { describe, expect, it } from 'vitest';
import { sealOf } from '../../replica/unsent.ts';
import { fieldHost } from './field-host.ts';

const at = (minute: number) => `2026-03-17T14:${String(minute).padStart(2, '0')}:00.000Z`;
const actor = { role: 'provider', id: 'prov-014' };

const act = (visitId: string, commandId: string, by = actor) => ({
  visitId,
  basedOn: 1,
  recordedAt: at(5),
  command: { type: 'RecordArrival', data: { visitId, at: at(5) }, metadata: { commandId, actor: by } },
});

/** A file as a phone writes it. */
function fileOf(lines: readonly object[], header: object = {}): string {
  const first = { format: 'auxilio-unsent', version: 2, actor, device: 'gerardo-1', exportedAt: at(10), ...header };
  const body = `${[first, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
  return `${body}${JSON.stringify({ seal: sealOf(body) })}\n`;
}

async function host() {
  const here = await fieldHost();
  here.time.minutes = 20;
  for (const visitId of ['v-1', 'v-2']) await here.assign(visitId, 'gerardo');
  const get = async <T>(path: string) => (await (await here.as('marta', `/api${path}`)).json()) as T;
  return {
    ...here,
    async handIn(body: string, login = 'marta') {
      const reply = await here.as(login, '/api/unsent', { method: 'POST', body });
      return { status: reply.status, body: (await reply.json()) as Record<string, never> };
    },
    notes: async (visitId: string) =>
      (await get<{ notes: { name: string; text: string }[] }>(`/visits/${visitId}/notes`)).notes.map(
        ({ name, text }) => `${name}: ${text}`,
      ),
    waiting: async () => (await get<{ batches: { quarantineId: string }[] }>('/quarantine')).batches,
    types: async (visitId: string) =>
      (await get<{ events: { type: string }[] }>(`/visits/${visitId}/events`)).events.map(({ type }) => type),
  };
}

describe('the file of what a phone had not sent', () => {
  it('is taken in once by the center, which notes on each visit who handed it in', async () => {
    const { handIn, notes, waiting, types, as } = await host();
    const file = fileOf([act('v-1', 'c-1'), act('v-2', 'c-2')]);
    const first = await handIn(file);
    expect([first.status, first.body.sender, first.body.device]).toEqual([200, actor, 'gerardo-1']);
    const again = await handIn(file, 'diego');
    expect([again.status, again.body.quarantineIds]).toEqual([200, first.body.quarantineIds]);
    for (const visitId of ['v-1', 'v-2'])
      expect(await notes(visitId)).toEqual([
        'Marta Solano Brenes: Entregó un archivo del teléfono de Gerardo Ureña Solís: 1 acto de esta visita.',
      ]);
    const batches = await waiting();
    expect(batches).toHaveLength(2);
    for (const { quarantineId } of batches) {
      const body = { decision: 'vouch', text: 'Lo llamé' };
      expect((await as('marta', `/api/quarantine/${quarantineId}`, { method: 'POST', body })).status).toBe(200);
    }
    expect(await types('v-1')).toEqual(['VisitAssigned', 'ProviderArrived']);
    // Handed in again, it waits for nothing and counts nothing twice.
    expect((await handIn(file)).body.quarantineIds).toEqual(first.body.quarantineIds);
    expect([await waiting(), (await types('v-1')).length, (await notes('v-1')).length]).toEqual([[], 2, 1]);
  });

  const good = fileOf([act('v-1', 'c-1')]);
  const stranger = { role: 'provider', id: 'prov-022' };
  it.each([
    ['cut', good.slice(0, -90), 400, 'seal-broken'],
    ['changed', good.replace(at(5), at(6)), 400, 'seal-broken'],
    ['of another kind', '{"nombre":"una hoja"}\n', 400, 'not-unsent'],
    ['empty', '', 400, 'not-unsent'],
    ['of a later release', fileOf([act('v-1', 'c-1')], { version: 9 }), 400, 'newer-version'],
    ['with a line that cannot be read', fileOf([{ visitId: 'v-1', basedOn: 'uno' }]), 400, 'malformed-line'],
    ['with acts of another person', fileOf([act('v-1', 'c-1', stranger)]), 403, 'other-actor'],
    ['huge', `${good}${'x'.repeat(64 * 1024 * 1024)}`, 413, 'too-large'],
    ['with too many lines', `${good}${'\n'.repeat(10_001)}`, 413, 'too-large'],
  ])('is refused where it is %s, with the reason, and nothing of it is taken in', async (_, file, status, why) => {
    const { handIn, notes, waiting, types } = await host();
    const refused = await handIn(file);
    const { code, issues } = refused.body as unknown as { code: string; issues?: { code: string }[] };
    expect([refused.status, issues?.[0]?.code ?? code]).toEqual([status, why]);
    expect([await waiting(), await notes('v-1'), await types('v-1')]).toEqual([[], [], ['VisitAssigned']]);
  });

  it('is for the center alone', async () => {
    const { handIn } = await host();
    for (const login of ['gerardo', 'pablo']) expect((await handIn(good, login)).status).toBe(403);
  });
});
