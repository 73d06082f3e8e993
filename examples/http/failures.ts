import type { Role, Violation, VisitState } from 'auxilio';
import { type BatchRefusal, type BatchRefusedError, isServiceError, type ServiceError } from 'auxilio/service';
import { etagOf } from './preconditions.ts';
import { Problem, type ProblemCode, wrong } from './problem.ts';

const soon = { 'retry-after': '1' };

/** The problem that an error is for the caller. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isServiceError(error)) return ofService(error);
  if (!isOfStore(error)) return new Problem('failed', { cause: error });
  return new Problem('unavailable', { ...(!lasting.includes(error.code) && { headers: soon }), cause: error });
}

function ofService(error: ServiceError): Problem {
  switch (error.code) {
    case 'command-id-reused':
      return new Problem('id-reused', { commandId: error.commandId });
    case 'version-mismatch':
      return new Problem('version-mismatch', { version: error.actual, headers: { etag: etagOf(error.actual) } });
    case 'append-in-doubt':
      return new Problem('in-doubt', { commandId: error.commandId, headers: soon, cause: error });
    case 'retries-exhausted':
      return new Problem('unavailable', { commandId: error.commandId, headers: soon, cause: error });
    case 'unreadable-stream':
      return new Problem('unreadable', { cause: error });
    case 'chain-broken':
      return new Problem('chain-broken', { cause: error });
    case 'not-authorized':
      // The cause is the damage of a visit that cannot be read: the host hears of it, the sender does not.
      return new Problem('not-yours', error.cause === undefined ? {} : { cause: error.cause });
    case 'reconciled-act':
      return wrong('body', '/type', 'unknown-type');
    case 'visit-too-long':
      // It is not the size of what was sent: a smaller batch would be refused, too.
      return new Problem('batch-refused', { reason: 'visit-too-long', cause: error });
    case 'batch-refused':
      return ofBatch(error);
    case 'malformed-command':
    case 'malformed-fact':
    case 'recording-forbidden':
    case 'payment-refused':
      // Commands are parsed before they are handled; neither facts nor payments are recorded over HTTP.
      return new Problem('failed', { cause: error });
  }
}

/** The problem that a batch is, with its reason and the place of the command. */
function ofBatch({ reason, facts: { index } }: BatchRefusedError): Problem {
  return new Problem(batchProblems[reason], { reason, ...(typeof index === 'number' && { index }) });
}

const batchProblems: Readonly<Record<BatchRefusal, ProblemCode>> = {
  'too-many-commands': 'too-large',
  'too-large': 'too-large',
  'other-actor': 'other-actor',
  'recorder-role': 'not-permitted',
  'recorder-unassigned': 'not-permitted',
  'visit-unassigned': 'not-assigned',
  'discrepancy-exists': 'batch-refused',
  diverged: 'diverged',
  'based-on-invalid': 'malformed',
  malformed: 'malformed',
  'command-id-missing': 'malformed',
  'other-visit': 'malformed',
  'several-recorders': 'malformed',
  'not-recordable': 'malformed',
};

/** Each store has an error class of its own; all have this number where the store cannot be reached. */
const isOfStore = (error: unknown): error is { code?: unknown } =>
  error instanceof Error && 'errorCode' in error && error.errorCode === 503;

/** Permanent failures, which a person must investigate: they have no `Retry-After`. */
const lasting: readonly unknown[] = ['store-corrupt', 'store-newer-schema', 'store-closed'];

/** Rules about the actor rather than the state. */
const barring: readonly string[] = ['role', 'assigned-provider'];

/** The problem that a refusal is, for a sender who may see the visit. */
export function refusalOf(violations: readonly Violation[], state: VisitState, role: Role): Problem {
  if (violations.some(({ rule }) => barring.includes(rule))) return new Problem('not-permitted', { violations, role });
  if (state.visitId === null) return new Problem('not-assigned', { violations, role });
  return new Problem('refused', { violations, role });
}
