import { audit } from 'auxilio';
import { describe, expect, it } from 'vitest';
import { demoUsers } from '../../../examples/field/server/demo.ts';
import { createPlayer, schedule } from '../../../examples/field/server/player.ts';
import { fieldHost } from './field-host.ts';

const morning = { visits: 8, seed: 3, hours: 4, speed: 60 };

describe('a morning', () => {
  it('is played at the speed that was asked for, by the people of the demo, and ends now', async () => {
    const policy = { id: 'hogar-2026' };
    const host = await fieldHost({ isDemo: true, policy });
    let waitedMs = 0;
    const player = createPlayer(host.field, async (ms) => {
      waitedMs += ms;
      host.time.minutes += ms / 60_000;
    });
    expect(player.start(morning)).toBe(true);
    expect(player.start(morning)).toBe(false);
    await player.ended;
    const { sent, of, refused } = player.state();
    expect(sent).toBe(of);
    expect(refused).toBeLessThan(of / 4);
    expect(waitedMs / 60_000).toBeGreaterThan(3);
    expect(waitedMs / 60_000).toBeLessThan(4.01);
    const board = (await (await host.as('marta', '/api/board')).json()) as { visits: { visitId: string }[] };
    expect(board.visits.length).toBeGreaterThan(0);
    for (const login of ['gerardo', 'lucia']) {
      const { visits } = (await (await host.as(login, '/api/assignments')).json()) as { visits: { visitId: string }[] };
      expect(visits.length).toBeGreaterThan(0);
    }
    for (const { visitId } of board.visits) {
      const { events } = await host.field.service.load(visitId);
      const { findings } = audit(events, { policy });
      expect(findings.filter(({ kind }) => kind === 'unreadable' || kind === 'other-visit')).toEqual([]);
      expect(findings.filter(({ facts }) => 'readBy' in facts)).toEqual([]);
      expect(events.every(({ data }) => data.at <= host.field.now())).toBe(true);
    }
  });

  it('has requests in the order of their times, and visits that are still open at its end', () => {
    const begins = Date.parse('2026-03-17T14:00:00.000Z');
    const requests = schedule(morning, begins);
    const times = requests.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(new Set(requests.map(({ visitId }) => visitId)).size).toBe(8);
    expect(times.every((at) => at >= begins && at <= begins + 4 * 3_600_000)).toBe(true);
  });

  it('has clients of their own names, with the titles that go with them', () => {
    const people = new Set<string>();
    for (const { request } of schedule({ ...morning, visits: 30 }, 0)) {
      if (request.kind !== 'command' || request.command.type !== 'AssignVisit') continue;
      const { client, provider } = request.command.data;
      people.add(client.name);
      expect(demoUsers.map(({ name }) => name)).toContain(provider.name);
    }
    expect(demoUsers.filter(({ name }) => people.has(name))).toEqual([]);
  });

  it('is started by a supervisor alone, in the demo alone, within limits', async () => {
    const host = await fieldHost({ isDemo: true });
    const post = (login: string, body: object) => host.as(login, '/api/play', { method: 'POST', body });
    expect((await post('marta', {})).status).toBe(403);
    for (const body of [{ visits: 0 }, { speed: 1e9 }, { seed: 'x' }, { hours: 1.5 }]) {
      expect((await post('silvia', body)).status).toBe(400);
    }
    expect((await post('silvia', { visits: 1, speed: 3600 })).status).toBe(202);
    expect((await post('silvia', {})).status).toBe(409);
    expect((await host.as('silvia', '/api/play', { method: 'DELETE' })).status).toBe(204);
    await host.field.player?.ended;
    expect(await (await host.as('silvia', '/api/play')).json()).toMatchObject({ morning: null });
    const other = await fieldHost();
    expect((await other.as('silvia', '/api/play', { method: 'POST', body: {} })).status).toBe(404);
  });
});
