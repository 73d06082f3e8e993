import { commands as create } from 'auxilio';
import { describe, expect, it } from 'vitest';
import type { AssignmentsReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, at, breach, eva, hostOn, luis, operator, sent } from './host.ts';

const nobody = { role: 'contact-center', id: 'nobody' } as const;

async function withVisits(count = 3) {
  const host = hostOn();
  const post = (visitId: string, claims: typeof luis, command: object) =>
    host.ask(claims, 'POST', `/visits/${visitId}/commands`, {
      body: JSON.stringify(command),
      headers: { 'content-type': 'application/json' },
    });
  for (let n = 1; n <= count; n += 1) await post(`v-${n}`, operator, assign(`v-${n}`));
  const list = async (claims: typeof luis, after?: string) =>
    (
      await host.ask<AssignmentsReply>(
        claims,
        'GET',
        `/assignments${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`,
      )
    ).body;
  return { ...host, post, list };
}

describe('GET /assignments', () => {
  it('lists the visits of the caller, and then those that changed', async () => {
    const { list, post } = await withVisits();
    const all = await list(luis);
    expect(all).toMatchObject({ more: false, serverTime: at(30) });
    expect(all.visits.map(({ visitId }) => visitId)).toEqual(['v-1', 'v-2', 'v-3']);
    await post('v-2', luis, arrive('v-2', 'c-1'));
    const next = await list(luis, all.cursor);
    expect(next.visits).toEqual([{ visitId: 'v-2', version: 2 }]);
    expect((await list(luis, next.cursor)).visits).toEqual([]);
    expect((await list(eva)).visits).toEqual([]);
  });

  it('lists a hundred at once', async () => {
    const { list } = await withVisits(101);
    const first = await list(luis);
    expect([first.visits.length, first.more]).toEqual([100, true]);
    const second = await list(luis, first.cursor);
    expect([second.visits, second.more]).toEqual([[{ visitId: 'v-101', version: 1 }], false]);
  });

  it('lists for a former provider their replacement, and nothing that the other did since', async () => {
    const { list, send } = await withVisits(1);
    const instruct = { visitId: 'v-1', at: at(5), about: 'visit', decision: 'reassign', text: 'x' } as const;
    const provider = { id: 'p-2', name: 'Eva Mora' };
    await send(operator, sent(create.giveInstruction(instruct, nobody)));
    await send(
      operator,
      sent(create.reassignProvider({ visitId: 'v-1', at: at(6), provider, arriveBy: at(60) }, nobody)),
    );
    const { visits, cursor } = await list(luis);
    expect(visits).toEqual([{ visitId: 'v-1', version: 3 }]);
    await send(eva, arrive('v-1', 'e-1'));
    expect((await list(luis, cursor)).visits).toEqual([]);
    expect((await list(eva)).visits).toEqual([{ visitId: 'v-1', version: 4 }]);
  });

  it('lists for each of many callers at once what was acknowledged before they asked', async () => {
    const { list, post } = await withVisits(1);
    const asked = Array.from({ length: 20 }, async (_, n) => {
      const visitId = `w-${n}`;
      expect((await post(visitId, operator, assign(visitId))).status).toBe(200);
      return (await list(luis)).visits.some((visit) => visit.visitId === visitId);
    });
    expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
  });

  it('is that of one visit for its client, and of none without one', async () => {
    const { ask, send } = await withVisits(2);
    const read = async (after = '', claims: object = ana) =>
      (await ask<AssignmentsReply>(claims as typeof ana, 'GET', `/assignments?after=${after}`)).body;
    const first = await read();
    expect(first).toMatchObject({ visits: [{ visitId: 'v-1', version: 1 }], more: false });
    expect(await read(first.cursor)).toMatchObject({ visits: [], cursor: first.cursor });
    await send(ana, breach('fuma'));
    expect(await read(first.cursor)).toMatchObject({ visits: [{ visitId: 'v-1', version: 2 }] });
    // As many events, but others: those of a server before its restore.
    expect((await read('2~e-of-another-history')).visits).toEqual([{ visitId: 'v-1', version: 2 }]);
    for (const visit of ['v-none', '../x', 7, undefined]) {
      expect(await read('', { ...ana, visit })).toMatchObject({ visits: [], cursor: '' });
    }
    expect(await read('x')).toMatchObject({ status: 400, issues: [{ code: 'not-a-cursor' }] });
  });

  it('is not for the contact center', async () => {
    const { ask, send } = await withVisits(1);
    expect((await ask(operator, 'GET', '/assignments')).body).toMatchObject({ status: 403, code: 'not-yours' });
    expect((await ask(null, 'GET', '/assignments')).status).toBe(401);
    expect((await send(operator, breach('x'))).status).toBe(200);
  });

  it.each(['x', '-1', '../x', 'a\u0000', `${'0'.repeat(19)} a\u0000b`, '0'.repeat(2000)])(
    'takes no %j for a cursor',
    async (after) => {
      const { ask } = await withVisits(0);
      const { body } = await ask(luis, 'GET', `/assignments?after=${encodeURIComponent(after)}`);
      expect(body).toMatchObject({ status: 400, issues: [{ in: 'query', at: 'after', code: 'not-a-cursor' }] });
    },
  );
});
