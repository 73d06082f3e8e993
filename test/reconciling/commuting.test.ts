import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { recordAll } from '../../src/testing/laws/merges.ts';
import { simulate } from '../../src/testing.ts';
import { decide, replay, type VisitState, worked } from '../../src/visit/index.ts';
import { operator, reconciled } from './support.ts';

const withoutOrder = ({ debts, ...state }: VisitState) => ({
  ...state,
  debts: new Set(debts.map((debt) => JSON.stringify(debt))),
});

/** The acts of the provider that open again what a receipt or a notice discharges: with these it does not commute. */
const opens: Readonly<Record<string, string>> = {
  DocumentPhotos: 'SubmitPhotos',
  DocumentStart: 'ReportStart',
  NotifyClient: 'ReportTransitIssue',
};

/** The receipts and the notice that the contact center may record now and that commute with what the provider records. */
function receipts({ visitId, photos, work }: VisitState, own: readonly VisitCommand[], at: string): VisitCommand[] {
  const sent = Object.entries(photos.byId).filter(([, photo]) => photo.sentAt !== null && photo.documentedAt === null);
  const all = [
    { type: 'NotifyClient', data: { about: ['delay'], reached: true } },
    ...(work.startReportedAt === null ? [] : [{ type: 'DocumentStart', data: {} }]),
    ...(sent.length === 0 ? [] : [{ type: 'DocumentPhotos', data: { photoIds: sent.map(([photoId]) => photoId) } }]),
  ];
  const commuting = all.filter(({ type }) => own.every((one) => one.type !== opens[type]));
  return commuting.map(({ type, data }, nth) => {
    const metadata = { actor: operator, commandId: `receipt-${nth}` };
    return { type, data: { visitId, at, ...data }, metadata } as VisitCommand;
  });
}

/** The commands that the provider records apart, each accepted on the copy of the log. */
function ownCommands(log: readonly VisitEvent[], commands: readonly VisitCommand[]): VisitCommand[] {
  const provider = replay(log).provider?.id;
  const own: VisitCommand[] = [];
  let copy = replay(log);
  for (const command of commands.filter(({ metadata: { actor } }) => actor.id === provider)) {
    const decision = decide(command, copy);
    if (!decision.ok) continue;
    own.push(command);
    copy = replay(decision.events, copy);
  }
  return own;
}

describe('1.1-22 where all that was recorded apart commutes', () => {
  it('nothing is refused, and the state is that of all acts in the order of their times, worked time included', () => {
    let count = 0;
    for (const visit of simulate({ visits: 150, seed: 17 })) {
      for (let cut = 2; cut < visit.events.length; cut += 3) {
        const seen = visit.events.slice(0, cut);
        const own = ownCommands(seen, visit.commands.slice(cut));
        const middle = own[own.length >> 1]?.data.at;
        if (middle === undefined) continue;
        const center = recordAll(seen, receipts(replay(seen), own, middle)).slice(cut);
        const { events, outcomes } = reconciled([...seen, ...center], cut, ...own);
        expect(outcomes.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
        const byTime = [...events, ...center].sort((one, other) => (one.data.at < other.data.at ? -1 : 1));
        const [arrived, happened] = [replay([...seen, ...center, ...events]), replay([...seen, ...byTime])];
        expect(withoutOrder(arrived)).toEqual(withoutOrder(happened));
        expect(worked(arrived)).toEqual(worked(happened));
        count += center.length;
      }
    }
    expect(count).toBeGreaterThan(500);
  });
});
