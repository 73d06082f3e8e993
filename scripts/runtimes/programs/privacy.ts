/** `auxilio/privacy`: visits are stored as tokens, opened, judged alike, and erased. */
import { audit } from 'auxilio';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, memoryWrappingKeys, personalFields } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { simulate } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

export async function check(): Promise<string> {
  const store = memoryStore();
  const privacy = await createPrivacy({ keys: memoryKeyStore(), wrapping: memoryWrappingKeys(), store });
  const service = createService({ store, privacy });
  const by = { role: 'contact-center', id: 'op-7' } as const;
  const judged: unknown[] = [];
  let opened = 0;
  for (const { visitId, commands } of simulate({ visits: 20, seed: 41 })) {
    for (const command of commands) await service.handle(command);
    const { events, state } = await service.load(visitId);
    const { events: texts, restore, unopened } = await privacy.open(events);
    ensureEqual(unopened.length, 0, 'the envelopes that do not open');
    ensureEqual(
      restore(state).client?.name,
      commands.find((one) => one.type === 'AssignVisit')?.data.client.name,
      'the name of a client',
    );
    const findings = restore(audit(events).findings);
    judged.push(
      findings,
      texts.map(({ data }) => data),
    );
    opened += texts.length;
    await privacy.erase({ subjects: [{ visitId, subject: 'client' }], by });
    ensureEqual(
      JSON.stringify(audit((await service.load(visitId)).events)),
      JSON.stringify(audit(events)),
      'the audit after an erasure',
    );
  }
  return `${opened} events of ${personalFields().length} fields opened: ${await digest(judged)}`;
}
