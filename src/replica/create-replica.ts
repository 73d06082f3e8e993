import { mustKnowKeys } from '../kernel/known.ts';
import type { Id } from '../messages/index.ts';
import { isStoreError, StoreError } from '../stores/errors.ts';
import { type ActAnswer, type ActCommand, type ActOptions, completeCommand, recordAct, undoAct } from './acting.ts';
import { type Lead, prefixOf } from './copies/copy.ts';
import { createPhotos } from './copies/photographs.ts';
import { viewOf } from './copies/view.ts';
import { createDrafts } from './drafts.ts';
import { forgetVisit } from './forgetting.ts';
import { freeRoom } from './freeing.ts';
import { createHost, type Host } from './host.ts';
import { type ReplicaOptions, resolveOptions } from './options.ts';
import { createOutcomes, type WatchOutcome } from './outcomes.ts';
import { changeQueued, releaseAct, withholdAct } from './queued.ts';
import { refetchVisit } from './refetching.ts';
import { boundedRemote } from './remote/calls.ts';
import type { Replica } from './replica.ts';
import { createRounds } from './rounds.ts';
import { entryOf } from './status.ts';
import { startTriggers } from './triggers.ts';
import { exportUnsent } from './unsent.ts';

/**
 * Creates the replica of a person on a device. It works on what is stored there: nothing is sent or fetched before `sync` or
 * `start`.
 *
 * @throws TypeError for an unknown or invalid option
 * @since 0.5.0
 */
export function createReplica(given: ReplicaOptions): Replica {
  const host: Host = createHost(resolveOptions(given), (writing) => freeRoom(host, writing));
  const { actor, undoMs, copies, opened, ended } = host;
  const sync = createRounds(host);
  const watchOutcome = createOutcomes(copies, host.changes.add, ended);
  // The status is known soon, whatever is called first.
  void opened().catch(() => undefined);

  return {
    act: (command, options) => act(host, watchOutcome, command, options),
    undo: async (commandId) =>
      (await changeQueued(host, commandId, (copy) => undoAct(host, commandId, copy))) ?? {
        ok: false,
        reason: 'unknown',
      },
    withhold: async (commandId, message) =>
      (await changeQueued(host, commandId, (copy) => withholdAct(commandId, message, copy))) ?? false,
    release: async (commandId) => (await changeQueued(host, commandId, (copy) => releaseAct(commandId, copy))) ?? false,
    takeLead: (visitId) => takeLead(host, visitId),
    async visit(visitId) {
      await opened();
      await copies.refresh(visitId).catch(ifUnreadable);
      return viewOf(await copies.read(visitId), host);
    },
    async visits() {
      await opened();
      await copies.lenient.refresh().catch(ifUnreadable);
      const entries = [...copies.heads.values()].map((head) => entryOf(head, host.losses));
      return entries.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    },
    sync,
    refetch: (visitId) => refetchVisit(host, visitId),
    start(options) {
      const stop = startTriggers({ sync, onAct: host.acts.add, undoMs }, options);
      ended.addEventListener('abort', stop);
      if (ended.aborted) stop();
      return () => {
        ended.removeEventListener('abort', stop);
        stop();
      };
    },
    subscribe: host.changes.add,
    get status() {
      return host.status();
    },
    photos: createPhotos(host),
    drafts: createDrafts(host, `drafts/${prefixOf(actor)}`),
    async exportUnsent(options = {}) {
      mustKnowKeys('exportUnsent', options, { photos: 0 });
      await opened().catch(() => undefined);
      return exportUnsent({ ...host, copies: host.copies.lenient }, options);
    },
    async forget(visitId) {
      await opened();
      return forgetVisit(host, visitId);
    },
    dismissLosses() {
      host.losses.dismiss();
      void host.settings.flush().catch(() => undefined);
      host.notify(null);
    },
    close: host.close,
  };
}

/** Another process may have changed the store; where it cannot be read, what is known is better than nothing. */
function ifUnreadable(error: unknown): void {
  if (!isStoreError(error)) throw error;
}

async function act(
  host: Host,
  watchOutcome: WatchOutcome,
  command: ActCommand,
  options: ActOptions = {},
): Promise<ActAnswer> {
  mustKnowKeys('act', options, { despite: 0, atConfirmed: 0 });
  const parsed = completeCommand(command, options, host);
  if (!parsed.ok) return { ok: false, reason: 'malformed', issues: parsed.issues };
  if (host.ended.aborted) throw new StoreError('closed', 'The replica is closed');
  await host.opened();
  if (host.rounds.revoked) return { ok: false, reason: 'device-revoked' };
  const estimate = options.atConfirmed ? null : host.clock.suspect();
  if (estimate !== null) return { ok: false, reason: 'clock-suspect', estimate };
  const { visitId } = parsed.value.data;
  const answer = await host.copies.updateStored(visitId, (copy) => recordAct(host, parsed.value, copy));
  if (!answer.ok) return answer;
  host.acts.call();
  return { ...answer, outcome: watchOutcome(parsed.value) };
}

async function takeLead({ opened, remote, callTimeoutMs, device, ended, copies }: Host, visitId: Id): Promise<Lead> {
  await opened();
  const confirmed =
    (await boundedRemote(remote, callTimeoutMs)
      .takeLead?.(visitId, device, { signal: ended })
      .then(
        () => true,
        () => false,
      )) ?? false;
  const lead = { device, confirmed };
  return copies.update(visitId, (copy) => ({ copy: { ...copy, lead }, answer: lead }));
}
