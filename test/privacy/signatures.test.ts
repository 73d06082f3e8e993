import { audit, commands, dossier, type VisitCommand, type VisitEvent } from 'auxilio';
import { type ActKey, type ActKeyPair, receipt, signAct, verifyActs, verifyReceipt } from 'auxilio/chain';
import { visitAt } from 'auxilio/testing';
import { parseEvent } from 'auxilio/wire';
import { beforeAll, describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';

const client = { role: 'client', id: '8777-4512' } as const;
const { commands: given, visitId, next: at, state, events: plain } = visitAt('completed');
const provider = { role: 'provider', id: state.provider?.id ?? '' } as const;
const by = { role: 'contact-center', id: 'op-03' } as const;
const arrived = dossier(plain).facts.find(({ fact }) => fact === 'arrival')?.recorded ?? at;
const facts = [{ fact: 'arrival', recorded: arrived, agrees: true }] as const;

let key: ActKeyPair;
let keys: readonly ActKey[];

beforeAll(async () => {
  key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  keys = [{ key: await crypto.subtle.exportKey('jwk', key.publicKey), actor: client }];
});

/** A visit whose client signed their word on the arrival, changed on its way to the door where that is asked. */
async function signedVisit(actKeys = keys, change = (command: VisitCommand) => command) {
  const { service, privacy } = await privateService({ actKeys: () => actKeys });
  for (const command of given) await service.handle(command);
  const before = (await service.load(visitId)).events;
  const sight = { basedOn: before.length, head: before.at(-1)?.metadata?.hash ?? null };
  const word = commands.attestFacts({ visitId, at, facts }, client, 'c-1');
  await service.handle(change(await signAct(word, { key, ...sight })));
  const { events: stored } = await service.load(visitId);
  return { privacy, stored, sight };
}

describe('the signature of an act whose texts are under keys', () => {
  it('was verified when it came: the log says so without a key, and audit and dossier after it', async () => {
    const { stored, sight } = await signedVisit();
    const text = JSON.stringify(stored);
    expect(text).not.toContain('..');
    expect(stored.at(-1)?.metadata?.sealed).toMatchObject({
      signed: { '/metadata/signature': { status: 'valid', ...sight } },
    });
    expect(parseEvent(JSON.parse(JSON.stringify(stored.at(-1))))).toMatchObject({ ok: true });
    const signatures = await verifyActs(stored, []);
    expect(signatures.acts.at(-1)).toMatchObject({ status: 'valid', signed: null, atDoor: true });
    expect(signatures.acts.slice(0, -1).every(({ status, atDoor }) => status === 'unsigned' && !atDoor)).toBe(true);
    expect(dossier(stored, { signatures }).facts.find(({ fact }) => fact === 'arrival')?.signed).toBe('valid');
  });

  it('is verified again once it is opened, and as it was when the client is erased', async () => {
    const { privacy, stored } = await signedVisit();
    const { events } = await privacy.open(stored);
    const [own] = (await verifyActs(events, keys)).acts.slice(-1);
    expect(own).toMatchObject({ status: 'valid', signed: { basedOn: stored.length - 1 } });
    expect(own).not.toHaveProperty('atDoor');
    await privacy.erase({ subjects: [{ visitId, subject: 'client' }], by });
    const erased = await privacy.open(stored);
    expect((await verifyActs(erased.events, keys)).acts.at(-1)).toMatchObject({ status: 'valid', atDoor: true });
  });

  const changed = (command: VisitCommand) =>
    ({
      ...command,
      data: { ...command.data, facts: [{ ...facts[0], agrees: false, what: 'No llegó' }] },
    }) as VisitCommand;
  const other = { role: 'client', id: '8000-0000' } as const;
  it.each([
    ['invalid', () => keys, changed],
    ['unknown-key', () => [], undefined],
    ['other-owner', () => keys.map((one) => ({ ...one, actor: other })), undefined],
  ] as const)('is %s at the door, and stays so', async (status, known, change) => {
    const { stored, privacy } = await signedVisit(known(), change);
    const signatures = await verifyActs(stored, keys);
    expect(signatures.acts.at(-1)).toMatchObject({ status, atDoor: true });
    expect(audit(stored, { signatures }).findings).toContainEqual(
      expect.objectContaining({ kind: 'signature', facts: { signature: status } }),
    );
    await privacy.erase({ subjects: [{ visitId, subject: 'client' }], by });
    expect((await verifyActs((await privacy.open(stored)).events, keys)).acts.at(-1)?.status).toBe(status);
  });

  it('of another log is found in the log', async () => {
    const { stored } = await signedVisit();
    const cut = stored.with(-2, { ...(stored.at(-2) as VisitEvent), metadata: { hash: '0'.repeat(64) as never } });
    expect((await verifyActs(cut, [])).acts.at(-1)?.status).toBe('other-log');
  });

  it('cannot be claimed by a command', async () => {
    const signed = { '/metadata/signature': { status: 'valid', basedOn: 0, head: null } };
    const claim = (command: VisitCommand) => {
      const { signature: _, ...metadata } = command.metadata;
      return { ...command, metadata: { ...metadata, sealed: { v: 1, of: {}, signed } } } as unknown as VisitCommand;
    };
    await expect(signedVisit(keys, claim)).rejects.toThrow('unrecognized-key sealed');
  });

  it.each([[{ status: 'valid' }], [{ status: 'excellent' }], ['valid'], [null]])(
    'is malformed where the log says %j of it',
    async (said) => {
      const { stored } = await signedVisit();
      const metadata = {
        ...stored.at(-1)?.metadata,
        sealed: { v: 1, of: {}, signed: { '/metadata/signature': said } },
      };
      const forged = stored.with(-1, { ...(stored.at(-1) as VisitEvent), metadata } as VisitEvent);
      expect((await verifyActs(forged, [])).acts.at(-1)?.status).toBe('malformed');
    },
  );

  it('of an act in a report of a discrepancy has a place of its own', async () => {
    const { service } = await privateService({ actKeys: () => [{ ...(keys[0] as ActKey), actor: provider }] });
    for (const command of visitAt('working').commands) await service.handle(command);
    const late = commands.announceService(
      { visitId, at: visitAt('working').next, service: 'Jardinería' },
      provider,
      'c-2',
    );
    const signed = await signAct(late, { key, basedOn: 0, head: null });
    await service.sync({ visitId, basedOn: 0, commands: [signed] }, provider);
    const { events: stored } = await service.load(visitId);
    expect(stored.at(-1)?.type).toBe('DiscrepancyReported');
    expect((await verifyActs(stored, [])).acts.at(-1)).toMatchObject({ act: 0, status: 'valid', atDoor: true });
  });

  it('counts in a receipt as the word of the service', async () => {
    const { stored } = await signedVisit();
    const made = await receipt(stored, { facts: dossier(stored).facts, keys });
    expect(made.keys).toEqual([]);
    const report = await verifyReceipt(JSON.stringify(made), { log: stored, readFacts: () => dossier(stored).facts });
    expect(report).toMatchObject({ sound: true, signatures: [{ status: 'valid', atDoor: true }] });
  });
});
