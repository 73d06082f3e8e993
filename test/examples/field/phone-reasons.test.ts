import { explain, guide, replay } from 'auxilio/core';
import { en } from 'auxilio/en';
import { esCR } from 'auxilio/es-CR';
import { describe, expect, it } from 'vitest';
import { reasonsOf } from '../../../examples/field/phone/src/reasons.ts';

const at = '2026-03-17T14:00:00.000Z';
const assigned = replay([
  {
    type: 'VisitAssigned',
    data: {
      visitId: 'v-1',
      at,
      by: { role: 'contact-center', id: 'op-03' },
      caseNumber: 'EXP-7',
      client: { name: 'Ana Rojas' },
      provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
      service: 'fontanería',
      place: 'Barva',
      edition: '1',
      arriveBy: at,
    },
  },
]);

describe('the reasons why acts are closed on the phone', () => {
  it.each([esCR, en])('are said once each, without clauses, and lose no act ($locale)', (language) => {
    const { closed } = guide(assigned, { role: 'provider' });
    const { reasons, waiver } = reasonsOf(closed, (rejection) => explain(rejection, language));
    const texts = reasons.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeLessThanOrEqual(closed.length / 2);
    expect([...texts, waiver].join(' ')).not.toMatch(/\d\.\d-\d\d/);
    const acts = reasons.flatMap((reason) => reason.acts);
    expect(acts.toSorted()).toEqual(closed.map(({ command }) => command).toSorted());
    for (const { command, violations } of closed) {
      const said = violations[0] === undefined ? '' : explain(violations[0], language);
      const text = reasons.find((reason) => reason.acts.includes(command))?.text ?? '';
      // What is left out of it says that the center can waive it, which is said for all of them at the end.
      const isWhole = said === text || (said.startsWith(`${text} `) && waiver !== null);
      expect([command, isWhole]).toEqual([command, true]);
    }
    expect(reasonsOf([], () => '')).toEqual({ reasons: [], waiver: null });
  });
});
