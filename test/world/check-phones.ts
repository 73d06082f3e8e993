/** The checks of the phones: what a person was told is on the phone is there, or on record, or named as lost. */
import type { Id, VisitEvent } from '../../src/messages/index.ts';
import type { Replica, WaitingCommand } from '../../src/replica.ts';
import { providerView } from '../../src/service.ts';
import { replay } from '../../src/visit/index.ts';
import type { Checked, Logs } from './checks.ts';
import type { Act, Tab } from './phone.ts';
import { eventId, readReported, VISITS } from './visits.ts';
import type { World } from './world.ts';

const isOfPhone = (id: Id): boolean => id.startsWith('phone-');

/** The ids of the commands of phones that a log has on events, and those in its reports. */
function idsIn(log: readonly VisitEvent[]): readonly [accepted: readonly Id[], reported: readonly Id[]] {
  const accepted = log.flatMap(({ type, metadata }) =>
    type === 'DiscrepancyReported' ? [] : (metadata?.commandId ?? []),
  );
  return [
    accepted.filter(isOfPhone),
    log
      .flatMap(readReported)
      .map(({ commandId }) => commandId)
      .filter(isOfPhone),
  ];
}

/** True for an act that is kept back, by name, since the bytes of its photographs are gone, or had no room. */
const isWithoutPhotos = ({ withheld }: WaitingCommand): boolean =>
  ['photos-lost', 'photos-missing'].includes(withheld?.reason ?? '');

export async function checkPhones(world: World, { tabs, acts }: Checked, logs: Logs): Promise<void> {
  const { fail, reached, reach } = world;
  const isRestored = reached.has('a server restored from an older backup');
  /** Acts of which nothing is known any more, and rightly so. */
  const excused = new Set<Id>();
  for (const [visitId, log] of logs) {
    for (const tab of tabs) {
      const view = await tab.replica().visit(visitId);
      const here = { tab, replica: tab.replica(), view, log };
      // Those of another phone may be lost with it, or be sent by it with an act of its own.
      const hasLostPhotos = !tab.disk.state.photos.has(visitId);
      for (const one of hasLostPhotos ? view.pending.filter(isWithoutPhotos) : []) {
        if (tab.replica().status.verdict !== 'attention') fail('an act without its photographs is named', tab.name);
        excused.add(one.command.metadata.commandId ?? '');
      }
      const isKnown = providerView(log, tab.actor.id) !== null;
      if (isRemoved(here)) continue;
      if (isKnown || !isRestored) checkCopy(world, here, hasLostPhotos);
      else for (const id of idsOnPhone(view)) excused.add(id);
    }
  }
  const ids = new Set([...logs.values()].flatMap((log) => idsIn(log).flat()));
  for (const act of acts.values()) {
    if (!act.answered || act.undone || ids.has(act.id)) continue;
    const tab = tabs.find(({ name }) => name === act.tab) as Tab;
    if (!tab.disk.state.wasDeleted) continue;
    const { losses, verdict } = tab.replica().status;
    const isNamed =
      !tab.disk.state.isTwofold && losses.some((loss) => loss.kind === 'store' || loss.commandIds.includes(act.id));
    if (isNamed && verdict !== 'attention')
      fail('a phone with losses asks for attention', `${verdict}, though ${act.id} is lost`);
    if (isNamed) reach('a loss that a phone names');
    if (isNamed || tab.disk.state.isSilent || isRestored) excused.add(act.id);
  }
  for (const visitId of VISITS)
    checkLog(world, { visitId, log: logs.get(visitId) ?? [], tabs, acts, excused, isRestored });
}

type View = Awaited<ReturnType<Replica['visit']>>;

function idsOnPhone({ events, own, pending }: View): readonly Id[] {
  return [...idsIn([...events, ...own]).flat(), ...pending.map(({ command }) => command.metadata.commandId ?? '')];
}

type OnPhone = Readonly<{ tab: Tab; replica: Replica; view: View; log: readonly VisitEvent[] }>;

/** True for a visit that has ended, and that a full phone has removed to make room. */
function isRemoved({ tab, view: { events, own, pending }, log }: OnPhone): boolean {
  const { phase, provider } = replay(log);
  const hasEnded = phase === 'completed' || phase === 'closed' || provider?.id !== tab.actor.id;
  return tab.disk.state.wasFull && hasEnded && [...events, ...own, ...pending].length === 0;
}

/** A phone has what its user may see of the log, and nothing of it waits any more. */
function checkCopy({ fail }: World, { tab, view, log }: OnPhone, hasLostPhotos: boolean): void {
  const { events, own, pending } = view;
  const isOther = events.some((event, place) => eventId(event) !== log[place]?.metadata?.eventId);
  if (isOther) fail('phones and server have one log', `the log of ${tab.name} is no beginning of the server’s`);
  const waiting = pending.filter((one) => !hasLostPhotos || !isWithoutPhotos(one));
  if (waiting.length > 0) {
    const list = waiting.map(
      ({ command: { type, metadata }, withheld }) => `${type} ${metadata.commandId} ${withheld?.reason ?? ''}`,
    );
    fail('all that can be sent is sent', `on ${tab.name} still wait: ${list.join(', ')}`);
  }
  const expected = providerView(log, tab.actor.id);
  const lacks = [...(expected?.events ?? []), ...(expected?.own ?? [])].filter(
    (event) => ![...events, ...own].some((one) => eventId(one) === eventId(event)),
  );
  if (lacks.length > 0)
    fail('phones and server have one log', `${tab.name} lacks ${lacks.map(({ type }) => type).join(', ')}`);
}

type OfLog = Readonly<{
  visitId: Id;
  log: readonly VisitEvent[];
  tabs: readonly Tab[];
  acts: ReadonlyMap<Id, Act>;
  excused: ReadonlySet<Id>;
  isRestored: boolean;
}>;

/** Each act that a phone answered for is on record once, and each act of a tab in the order in which it was done. */
function checkLog({ fail, ledger }: World, { visitId, log, tabs, acts, excused, isRestored }: OfLog): void {
  const lists = idsIn(log);
  const ids = lists.flat();
  for (const act of acts.values()) {
    if (act.visitId !== visitId) continue;
    const count = ids.filter((id) => id === act.id).length;
    if (act.undone && count > 0) fail('what was undone is not there', act.id);
    if (act.answered && count === 0 && !excused.has(act.id)) fail('no act that a phone answered for is lost', act.id);
  }
  for (const id of ids) if (!acts.has(id)) fail('nothing is there that was not done', `${id} is in the log`);
  for (const { name, disk } of tabs) {
    // What a restored server lacks comes back from a tab that still has it, after what was done since.
    if (isRestored && disk.state.wasDeleted) continue;
    for (const list of lists) {
      const mine = list.filter((id) => acts.get(id)?.tab === name && !ledger.withheld.has(id));
      const inOrder = [...acts.keys()].filter((id) => mine.includes(id));
      if (mine.join() !== inOrder.join()) fail('acts are in their order', `${mine.join(' ')} of ${name}`);
    }
  }
}
