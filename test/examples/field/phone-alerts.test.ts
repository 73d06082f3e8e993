import type { VisitEvent } from 'auxilio';
import { replay } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { describe, expect, it } from 'vitest';
import { type AlertHost, createAlerts } from '../../../examples/field/phone/src/alerts.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();
const center = { role: 'contact-center', id: 'op-03' } as const;
const provider = { role: 'provider', id: 'prov-014' } as const;

const assigned = (visitId: string): VisitEvent => ({
  type: 'VisitAssigned',
  data: {
    visitId,
    at: at(0),
    by: center,
    caseNumber: 'EXP-7',
    client: { name: 'Ana Rojas' },
    provider: { id: provider.id, name: 'Gerardo Ureña Solís' },
    service: 'fontanería',
    place: 'Barva',
    edition: '1',
    arriveBy: at(60),
  },
});
const instruction = (visitId: string, minute: number): VisitEvent => ({
  type: 'InstructionGiven',
  data: { visitId, at: at(minute), by: center, about: 'visit', decision: 'proceed', text: 'Siga.' },
  metadata: { recordedAt: at(minute) },
});
const arrival = (visitId: string, minute: number): VisitEvent => ({
  type: 'ProviderArrived',
  data: { visitId, at: at(minute), by: provider },
});

function visitOf(visitId: string, ...later: readonly VisitEvent[]): ReplicaVisit {
  const events = [assigned(visitId), ...later];
  const state = replay(events);
  return { visitId, events, own: [], pending: [], local: state, confirmed: state } as unknown as ReplicaVisit;
}

/** A phone that counts its alerts, and what it keeps of them. */
function phone(more: Partial<AlertHost> = {}) {
  const seen = { told: [] as readonly string[], alerts: 0 };
  const host: AlertHost = {
    actorId: provider.id,
    async tell() {
      seen.alerts += 1;
      return true;
    },
    isMuted: () => false,
    read: () => seen.told,
    keep: (told) => {
      seen.told = told;
    },
    ...more,
  };
  return { seen, host, alert: createAlerts(host) };
}

describe('an alert of the phone', () => {
  it('is given once for each instruction, and once for those that come together', async () => {
    const { alert, seen } = phone();
    expect(await alert([visitOf('v-1')])).toBe(true);
    expect(seen.alerts).toBe(0);
    const instructed = visitOf('v-1', instruction('v-1', 5));
    for (let n = 0; n < 3; n += 1) await alert([instructed]);
    expect(seen.alerts).toBe(1);
    await alert([visitOf('v-1', instruction('v-1', 5), instruction('v-1', 6)), visitOf('v-2', instruction('v-2', 6))]);
    expect(seen.alerts).toBe(2);
  });

  it('is given once when a visit is taken away, to the one who had it', async () => {
    const taken: VisitEvent = {
      type: 'ProviderReassigned',
      data: { visitId: 'v-1', at: at(7), by: center, provider: { id: 'prov-022', name: 'Lucía' }, arriveBy: at(60) },
      metadata: { recordedAt: at(7) },
    };
    const { alert, seen } = phone();
    for (let n = 0; n < 2; n += 1) await alert([visitOf('v-1', taken)]);
    expect(seen.alerts).toBe(1);
    const other = phone({ actorId: 'prov-022' });
    await other.alert([visitOf('v-1', taken)]);
    expect(other.seen.alerts).toBe(0);
  });

  it('is not given for one that is followed already, nor again after a reload or an undone act', async () => {
    const { alert, seen, host } = phone();
    await alert([visitOf('v-1', instruction('v-1', 5), arrival('v-1', 6))]);
    expect(seen.alerts).toBe(0);
    await alert([visitOf('v-1', instruction('v-1', 7))]);
    await alert([visitOf('v-1', instruction('v-1', 7), arrival('v-1', 8))]);
    await createAlerts(host)([visitOf('v-1', instruction('v-1', 7))]);
    expect(seen.alerts).toBe(1);
  });

  it('waits for the first touch where the browser wants one', async () => {
    let isTouched = false;
    let asked = 0;
    const { alert, seen } = phone({
      async tell() {
        asked += 1;
        return isTouched;
      },
    });
    const visits = [visitOf('v-1', instruction('v-1', 5))];
    expect([await alert(visits), seen.told]).toEqual([false, []]);
    isTouched = true;
    expect([await alert(visits), seen.told.length, asked]).toEqual([true, 1, 2]);
    // One that was followed meanwhile is not told at all.
    const other = phone({ tell: async () => false });
    expect(await other.alert(visits)).toBe(false);
    expect(await other.alert([visitOf('v-1', instruction('v-1', 5), arrival('v-1', 6))])).toBe(true);
  });

  it('is neither given while they are muted, nor afterwards for what came then', async () => {
    let isMuted = true;
    const { alert, seen } = phone({ isMuted: () => isMuted });
    await alert([visitOf('v-1', instruction('v-1', 5))]);
    isMuted = false;
    await alert([visitOf('v-1', instruction('v-1', 5))]);
    expect(seen.alerts).toBe(0);
    await alert([visitOf('v-1', instruction('v-1', 5), instruction('v-1', 6))]);
    expect(seen.alerts).toBe(1);
  });

  it('tells what comes while it sounds, and ends on a phone that keeps nothing', async () => {
    const { alert, seen } = phone({ read: () => [], keep: () => undefined });
    const visits = [visitOf('v-1', instruction('v-1', 5))];
    const later = [...visits, visitOf('v-2', instruction('v-2', 5))];
    await Promise.all([alert(visits), alert(later)]);
    expect(seen.alerts).toBe(2);
    await alert(later);
    expect(seen.alerts).toBe(2);
  });
});
