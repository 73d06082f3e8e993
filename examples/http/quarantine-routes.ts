import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { json, type Reply } from './call.ts';
import { Problem, wrong } from './problem.ts';
import type { DecidedBatch, QuarantineDecision } from './quarantine.ts';
import type { DecisionReply, OutcomeReply, QuarantineReply } from './replies.ts';
import { outcomeReply, reconcileGuarded } from './sync.ts';
import { signatureWords } from './words.ts';

/** `GET /quarantine`: what revoked devices handed in and what files had, for the contact center. */
export async function listQuarantine({ quarantine }: App, { caller, locale }: Asked): Promise<Reply> {
  if (quarantine === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const batches = (await quarantine.waiting()).map(({ signature, head: _, ...batch }) => ({
    ...batch,
    ...(signature && { signature: { ...signature, message: signatureWords[locale](signature) } }),
  }));
  const body: QuarantineReply = { batches };
  return json(body);
}

/**
 * `POST /quarantine/:id`: an operator vouches for a batch, and it is reconciled as its sender's, or discards it. The first decision
 * stands; the same one again is answered again. A batch whose signature does not match, or is missing, is vouched for only by one who says
 * so: `despiteSignature`. So is one that was recorded on another history than that of the store, as before a restore: `despiteHistory`.
 */
export async function decideOn(app: App, { caller, call }: Asked): Promise<Reply> {
  const { quarantine } = app;
  if (quarantine === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const { decision, text, despiteSignature, despiteHistory } = decisionOf(await bodyOf(call));
  const quarantineId = call.path.slice('/quarantine/'.length);
  const batch = /^q-[0-9a-f]{32}$/.test(quarantineId) ? await quarantine.find(quarantineId) : null;
  if (batch === null) throw new Problem('no-such-batch');
  if (batch.decided !== undefined && batch.decided.decision !== decision) throw new Problem('already-decided');
  const isProven = !['mismatch', 'missing'].includes(batch.signature?.state ?? '');
  if (decision === 'vouch' && batch.decided === undefined && !isProven && !despiteSignature) {
    throw new Problem('signature-invalid');
  }
  // It is reconciled before the decision is recorded: a batch that cannot be stays where it is. Reconciling again changes nothing.
  const outcomes = decision === 'vouch' ? await vouchFor(app, batch, despiteHistory) : undefined;
  const decided = { decision, operator: caller.actor, at: app.now(), text };
  const standing = (await quarantine.decide(quarantineId, decided))?.decided;
  if (standing?.decision !== decision) throw new Problem('already-decided');
  const body: DecisionReply = { quarantineId, decided: standing, ...(outcomes && { outcomes }) };
  return json(body);
}

async function vouchFor(app: App, batch: DecidedBatch, despiteHistory: boolean): Promise<OutcomeReply[]> {
  const { visitId, basedOn, commands, sender, decided } = batch;
  const head = despiteHistory || decided !== undefined ? undefined : batch.head;
  const visit = await app.service.load(visitId);
  const { outcomes } = await reconcileGuarded(app, { visitId, basedOn, commands, head }, sender, visit, () => true);
  return outcomes.map((outcome) => outcomeReply(outcome, false));
}

type Asking = Pick<QuarantineDecision, 'decision' | 'text'> &
  Readonly<{ despiteSignature: boolean; despiteHistory: boolean }>;

function decisionOf(body: unknown): Asking {
  const { decision, text, despiteSignature, despiteHistory } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as Record<string, unknown>;
  if (decision !== 'vouch' && decision !== 'discard') {
    throw wrong('body', '/decision', 'invalid-value', { allowed: ['vouch', 'discard'] });
  }
  if (typeof text !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,2000}$/u.test(text))
    throw wrong('body', '/text', 'missing', { expected: 'text' });
  return { decision, text, despiteSignature: despiteSignature === true, despiteHistory: despiteHistory === true };
}
