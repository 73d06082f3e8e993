/** `auxilio/replica`: a phone records a visit without a signal while the center writes too; both logs end alike. */
import { type Actor, commands, replay } from 'auxilio';
import { memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { type ActCommand, createReplica, type Remote } from 'auxilio/replica';
import { createService } from 'auxilio/service';
import { visitAt } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

export async function check(): Promise<string> {
  let [ids, elapsedMs, isOnline] = [0, 0, true];
  const newId = () => `id-${++ids}`;
  const now = () => new Date(Date.parse('2026-03-17T20:00:00.000Z') + elapsedMs).toISOString();
  const monotonicMs = () => elapsedMs;
  const store = memoryStore();
  const service = createService({ store, now, newId });
  const logOf = async (visitId: string) => (await service.load(visitId)).events;
  const { commands: done, state } = visitAt('working');
  for (const command of done) await service.handle(command);
  const { visitId, provider } = state;
  if (visitId === null || provider === null) throw new Error('a visit at work is assigned');
  const actor: Actor = { role: 'provider', id: provider.id };

  const eventsAfter = async (after: number) => {
    if (!isOnline) throw new Error('no signal');
    const events = await logOf(visitId);
    return { events: events.slice(after), version: events.length, serverTime: now() };
  };
  const remote: Remote = {
    async sync({ basedOn, commands: batch }) {
      if (!isOnline) throw new Error('no signal');
      const { outcomes } = await service.sync({ visitId, basedOn, commands: batch }, actor);
      return { outcomes, ...(await eventsAfter(basedOn)) };
    },
    events: (_, after) => eventsAfter(after),
    async assignments() {
      const { version, serverTime } = await eventsAfter(0);
      return { visits: [{ visitId, version }], cursor: String(version), more: false, serverTime };
    },
    putPhoto: async () => undefined,
  };
  const options = { store: memoryReplicaStore(), remote, actor, device: 'phone-1', now, monotonicMs, newId };
  const replica = createReplica(options);
  await replica.sync();
  isOnline = false;
  const plain = visitAt('completed').commands.slice(done.length);
  let recorded = 0;
  for (const { type, data, metadata } of plain) {
    elapsedMs += 60_000;
    if (metadata.actor.role !== 'provider') continue;
    const answer = await replica.act({ type, data: { ...data, at: now() } } as ActCommand);
    if (answer.ok) recorded += 1;
  }
  ensureEqual(recorded > 3, true, 'acts are recorded without a signal');
  const instruction = { visitId, at: now(), about: 'visit', decision: 'wait', text: 'Espere la llamada.' } as const;
  const center: Actor = { role: 'contact-center', id: 'op-7' };
  const given = await service.handle({ ...commands.giveInstruction(instruction, center, 'center-1') });
  ensureEqual(given.ok, true, 'an instruction that is given meanwhile');
  isOnline = true;
  elapsedMs += 60_000;
  await replica.sync();
  const [theirs, { local, pending }] = [await logOf(visitId), await replica.visit(visitId)];
  ensureEqual(pending.length, 0, 'acts that wait after a sync');
  ensureEqual(local.phase, replay(theirs).phase, 'the phase on the phone and the server');
  await replica.close();
  return `${recorded} acts recorded offline, ${theirs.length} events: ${await digest(theirs.map(({ type }) => type))}`;
}
