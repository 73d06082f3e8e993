import type { SettleDiscrepancy, VisitCommand } from 'auxilio';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, type KeyStore, memoryWrappingKeys, type StoredKey } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { actors, command, minute, plainVisit } from 'auxilio/testing';
import { dice, type Rng } from '../../src/testing/simulate/prng.ts';

const by = actors.operator;
const visitId = 'visit-1';
export const client = { visitId, subject: 'client' } as const;

/** The texts of the client in the plain visit, and one of the provider, who is not erased. */
const clientTexts = ['Ana Rojas', 'de la iglesia 200', 'tubo roto', 'cambiar el tubo', 'EXP-1'];
const providerText = 'Luis Mora';

/** Commands with ids of their own. */
export const withIds = (commands: readonly VisitCommand[]): readonly VisitCommand[] =>
  commands.map((one, nth) => ({ ...one, metadata: { ...one.metadata, commandId: `c-${nth}` } }) as VisitCommand);

/** An act after the end of a visit, with a text of the client. */
export function lateAct(commandId: string): VisitCommand {
  const { type, data } = command('EscalateClientImpact', { what: `Gotera ${commandId}`, noticedAt: minute(1) }, by);
  return { type, data: { ...data, at: minute(900) }, metadata: { actor: by, commandId } } as VisitCommand;
}

/** The service that a provider announced on their own copy: it is not the one assigned, and a person settles it. */
const announced = (acts: readonly VisitCommand[]): VisitCommand => {
  const { type, data } = acts.find((act) => act.type === 'AnnounceService') as VisitCommand;
  const other = { ...data, service: 'tubo roto de doña Ana Rojas' };
  return { type, data: other, metadata: { actor: actors.provider, commandId: 'a-1' } } as VisitCommand;
};

const settlement = (discrepancyId: string, taken: readonly number[]): SettleDiscrepancy => {
  const { type, data } = command(
    'SettleDiscrepancy',
    { discrepancyId, taken: [...taken], text: 'Habló Ana Rojas' },
    by,
  );
  return { type, data, metadata: { actor: by, commandId: 'settle-1' } } as SettleDiscrepancy;
};

/** A process: its calls of a store take some turns, and from the nth on all fail, that one before its effect or after it. */
type Process = { calls: number; readonly crashAt: number; readonly isAfter: boolean; readonly turns: () => number };

/** A store as a process calls it. */
function calledBy<Store extends object>(store: Store, process: Process): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        const call = process.calls++;
        for (let turn = process.turns(); turn > 0; turn -= 1) await new Promise(setImmediate);
        if (process.calls > process.crashAt && (call !== process.crashAt || !process.isAfter))
          throw new Error('crashed');
        const answer: unknown = await Reflect.apply(member, target, given);
        if (process.calls > process.crashAt) throw new Error('crashed');
        return answer;
      };
    },
  });
}

/** The ids of the keys of the plain visit. */
export const keyIds = ['client', 'provider/prov-1', 'representative', 'operator/op-1'].map(
  (one) => `${visitId} ${one}`,
);

/** Another key store, with the keys of a backup. */
export async function restoreKeys(backup: readonly StoredKey[], epochs: readonly string[]): Promise<KeyStore> {
  const restored = memoryKeyStore();
  let previous: string | null = null;
  for (const epoch of epochs) {
    await restored.startEpoch(previous, epoch);
    await restored.create(backup.filter((key) => key.state === 'active' && key.epoch === epoch) as never);
    previous = epoch;
  }
  return restored;
}

/** Runs a race of an erasure with other calls in a process that crashes. Answers how it ended, and throws where a law is broken. */
export async function race(seed: number) {
  const rng = dice(seed, 0);
  const [store, keys, wrapping] = [memoryStore(), memoryKeyStore(), memoryWrappingKeys()];
  const first = await createPrivacy({ keys, wrapping, store });
  const visit = createService({ store, privacy: first });
  const acts = withIds(plainVisit());
  const isOpen = rng.chance(0.3);
  for (const act of isOpen ? acts.slice(0, -1) : acts) await visit.handle(act);
  await visit.sync({ visitId, basedOn: 3, commands: [announced(acts)] }, actors.provider);
  const settle = settlement(`d-${(await visit.load(visitId)).version}`, rng.chance(0.5) ? [0] : []);
  if (rng.chance(0.5)) await first.rotate();
  const backup = await keys.read(keyIds);
  const epochs = [(await keys.readEpoch()) ?? ''];

  const outcome = await runCalls(rng, { store, keys, wrapping, acts, settle, isOpen });
  const privacy = await createPrivacy({ keys, wrapping, store });
  const service = createService({ store, privacy });
  if (isOpen) await service.handle(acts.at(-1) as VisitCommand);
  const known = await privacy.erasure('e-1');
  if (outcome.erased && known === null) throw new Error('The ledger has lost an erasure');
  if (known === null) await privacy.erase({ subjects: [client], by, erasureId: 'e-1' });
  await privacy.continueErasures();
  await check(privacy, service, outcome);

  // A copy of the keys from before the erasure is erased when it is opened.
  if ((await privacy.erasure('e-1'))?.subjects[0]?.state !== 'erased') throw new Error('The erasure does not converge');
  if (!outcome.rotated) {
    const restored = await restoreKeys(backup, epochs);
    const again = await createPrivacy({ keys: restored, wrapping, store });
    await checkTexts(again, service, false);
  }
  await privacy.rotate();
  if ((await privacy.erasure('e-1'))?.confirmed === true) {
    for (const key of backup) {
      if (key.state !== 'active') continue;
      const opened = await wrapping.unwrap(key.epoch, [key]).catch(() => null);
      if (opened !== null) throw new Error('A confirmed erasure comes back from a backup of the keys');
    }
  }
  return outcome;
}

type Stage = Readonly<{
  store: ReturnType<typeof memoryStore>;
  keys: KeyStore;
  wrapping: ReturnType<typeof memoryWrappingKeys>;
  acts: readonly VisitCommand[];
  settle: SettleDiscrepancy;
  isOpen: boolean;
}>;

/** Runs an erasure and other calls at once, in a process that may crash. */
async function runCalls(rng: Rng, { store, keys, wrapping, acts, settle, isOpen }: Stage) {
  const process: Process = {
    calls: 0,
    crashAt: rng.between(3, 80),
    isAfter: rng.chance(0.5),
    turns: () => rng.between(0, 3),
  };
  const called = [store, keys].map((one) => calledBy<object>(one, process)) as unknown as [typeof store, KeyStore];
  const stored: string[] = [];
  let isSettled = false;
  const fulfilled = await createPrivacy({
    keys: called[1],
    wrapping: calledBy(wrapping, process),
    store: called[0],
  }).then(
    async (privacy) => {
      const service = createService({ store: called[0], privacy, retry: { maxRetries: 3 } });
      const late = async (id: string) => {
        if ((await service.handle(lateAct(id))).ok) stored.push(id);
      };
      const batch = async () => {
        const { commands } = {
          commands: [{ ...(acts.at(-1) as VisitCommand), metadata: { actor: actors.provider, commandId: 's-1' } }],
        };
        await service.sync({ visitId, basedOn: 3, commands: commands as VisitCommand[] }, actors.provider);
      };
      const others = [
        () => late('late-1'),
        () => late('late-1'),
        () => late('late-2'),
        batch,
        () => privacy.rotate(),
        () => privacy.revive([client]),
        () => privacy.continueErasures(),
        async () => {
          isSettled = (await service.settle(settle)).ok;
        },
        () => service.settle(settle),
        () => service.load(visitId).then(({ events }) => privacy.open(events)),
        ...(isOpen ? [() => service.handle(acts.at(-1) as VisitCommand)] : []),
      ];
      const chosen = others.filter(() => rng.chance(0.5));
      const isRotating = chosen.includes(others[4] as () => Promise<void>);
      const isReviving = chosen.includes(others[5] as () => Promise<void>);
      const calls = [() => privacy.erase({ subjects: [client], by, erasureId: 'e-1' }), ...chosen];
      const settled = await Promise.allSettled(calls.map((call) => call()));
      return { erased: settled[0]?.status === 'fulfilled', rotated: isRotating, revived: isReviving };
    },
    () => ({ erased: false, rotated: false, revived: false }),
  );
  return { ...fulfilled, stored, settle: isSettled ? settle : null, crashed: process.calls > process.crashAt };
}

type Outcome = Awaited<ReturnType<typeof runCalls>>;
type Service = ReturnType<typeof createService>;
type Privacy = Awaited<ReturnType<typeof createPrivacy>>;

async function checkTexts(privacy: Privacy, service: Service, isProviderThere = true): Promise<void> {
  const { events } = await service.load(visitId, { verify: true });
  const opened = JSON.stringify((await privacy.open(events)).events);
  const found = clientTexts.filter((text) => opened.includes(text));
  if (found.length > 0) throw new Error(`An erased text opens: ${found}`);
  if (isProviderThere && !opened.includes(providerText)) throw new Error('A text that was not erased does not open');
}

async function check(privacy: Privacy, service: Service, { stored, settle }: Outcome): Promise<void> {
  await checkTexts(privacy, service);
  if (settle !== null) {
    const again = await service.settle(settle);
    if (!again.ok || !again.repeated) throw new Error('A settlement is stored twice');
  }
  for (const id of new Set(stored)) {
    const again = await service.handle(lateAct(id));
    if (!again.ok || !again.repeated) throw new Error(`The act ${id} is stored twice`);
  }
  const { integrity } = await service.load(visitId, { verify: true });
  if (integrity.status !== 'verified') throw new Error(`The seals are ${integrity.status}`);
}
