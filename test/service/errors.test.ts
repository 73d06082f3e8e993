import { describe, expect, it, vi } from 'vitest';
import {
  AppendInDoubtError,
  BatchRefusedError,
  ChainBrokenError,
  CommandIdReusedError,
  HandlerTimeoutError,
  isServiceError,
  MalformedCommandError,
  MalformedFactError,
  NotAuthorizedError,
  PoisonError,
  RebuildFailedError,
  ReconciledActError,
  RecordingForbiddenError,
  RetriesExhaustedError,
  UnreadableStreamError,
  VersionMismatchError,
  VisitTooLongError,
} from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { command } from '../../src/testing.ts';
import { arrive, assign, sent, serviceOn } from './fixture.ts';

describe('an error of the service', () => {
  it('is recognised by the guard of another copy of the module, where instanceof fails', async () => {
    vi.resetModules();
    const other = await import('../../src/service.ts');
    const { handle } = serviceOn();
    await handle(assign);
    const error = await handle(sent('c-assign', arrive)).catch((reason: unknown) => reason);
    expect(error instanceof other.CommandIdReusedError).toBe(false);
    expect(other.isServiceError(error) && error.code === 'command-id-reused' && error.commandId).toBe('c-assign');
  });

  it('names the field of a command and what it takes', async () => {
    const data = { ...assign.data, at: 1_773_756_000_000, placed: 'Barva' };
    await expect(serviceOn().handle({ ...assign, data } as never)).rejects.toThrow(
      'Not a command: invalid-type at /data/at (expected: instant), unrecognized-key placed at /data (did you mean place?)',
    );
  });

  it('does not recognise those of a store, of another library or of no shape', async () => {
    const { isServiceError } = await import('../../src/service.ts');
    const refused = await serviceOn().handle(command('RecordArrival', {}));
    const others = [
      new StoreError('io', 'x'),
      new Error('x'),
      { code: 'toString' },
      { code: 7 },
      null,
      undefined,
      7,
      'chain-broken',
      refused,
    ];
    expect(others.map(isServiceError)).toEqual(others.map(() => false));
  });
});

describe('what an error of the service says', () => {
  const issues = [
    { path: '/data', code: 'missing' },
    { path: '', code: 'invalid-json' },
  ] as never;
  const cause = new Error('cause');

  it.each<[() => Error, number, string, string]>([
    [
      () => new UnreadableStreamError('visit-1', 2n, 'malformed', { cause }),
      503,
      'unreadable-stream',
      'The event at 2 of visit-1 cannot be read: malformed',
    ],
    [
      () => new ChainBrokenError('visit-1', 3n, 'dropped'),
      500,
      'chain-broken',
      'The chain of visit-1 breaks at 3: dropped',
    ],
    [
      () => new MalformedCommandError(issues),
      400,
      'malformed-command',
      'Not a command: missing at /data, invalid-json',
    ],
    [
      () => new MalformedCommandError([{ path: '/type', code: 'unknown-type', nearest: 'StartWork' }]),
      400,
      'malformed-command',
      'Not a command: unknown-type at /type (did you mean StartWork?)',
    ],
    [() => new MalformedFactError(issues), 400, 'malformed-fact', 'Not an event: missing at /data, invalid-json'],
    [
      () => new RecordingForbiddenError('client'),
      403,
      'recording-forbidden',
      'Facts are not recorded by "client"; the host\'s factRecorders say by whom',
    ],
    [() => new NotAuthorizedError({ cause }), 403, 'not-authorized', 'The sender may not see this visit'],
    [
      () => new CommandIdReusedError('c-1'),
      409,
      'command-id-reused',
      'The id "c-1" was used in this visit for something else',
    ],
    [
      () => new VersionMismatchError('visit-1', 1n, 2n),
      412,
      'version-mismatch',
      'Expected version 1, but the visit is at 2',
    ],
    [
      () => new RetriesExhaustedError('c-1', { cause }),
      503,
      'retries-exhausted',
      'The visit was written to by others each time',
    ],
    [
      () => new AppendInDoubtError('c-1', { cause }),
      503,
      'append-in-doubt',
      'The store failed while it appended; send the command again under the same id',
    ],
    [
      () => new BatchRefusedError('too-large', { bytes: 7 }),
      413,
      'batch-refused',
      'The batch cannot be reconciled: too-large {"bytes":7}',
    ],
    [
      () => new ReconciledActError('ReportDiscrepancy', 'sync'),
      400,
      'reconciled-act',
      'ReportDiscrepancy is made by sync, from the commands of a batch',
    ],
    [
      () => new ReconciledActError('SettleDiscrepancy', 'settle'),
      400,
      'reconciled-act',
      'SettleDiscrepancy is taken by settle',
    ],
    [() => new VisitTooLongError('visit-1', 9), 413, 'visit-too-long', 'The visit may have 9 events at most'],
  ])('%s has the code %i, %s: %s', (make, errorCode, code, message) => {
    const error = make();
    expect(error).toMatchObject({ name: error.constructor.name, errorCode, code, message });
    expect(isServiceError(error)).toBe(true);
    expect(error.cause).toBe(
      ['UnreadableStreamError', 'NotAuthorizedError', 'RetriesExhaustedError', 'AppendInDoubtError'].includes(
        error.name,
      )
        ? cause
        : undefined,
    );
  });

  it.each<[() => Error, number, string, string]>([
    [() => new PoisonError('broken', { cause }), 422, 'poison-event', 'broken'],
    [() => new HandlerTimeoutError(30), 503, 'handler-timeout', 'The handler did not answer within 30 ms'],
    [
      () => new RebuildFailedError('board', []),
      503,
      'rebuild-failed',
      'The rows of "board" could not be built: it was ended',
    ],
    [
      () =>
        new RebuildFailedError('board', [{ streamName: 'a', from: 1n, reason: 'x', since: null, handledBefore: 0 }]),
      503,
      'rebuild-failed',
      'The rows of "board" could not be built: x',
    ],
  ])('of a subscription: %s has the code %i, %s: %s', (make, errorCode, code, message) => {
    const error = make();
    expect(error).toMatchObject({ name: error.constructor.name, errorCode, code, message });
    expect(isServiceError(error)).toBe(false);
  });

  it.each<[ConstructorParameters<typeof BatchRefusedError>[0], number]>([
    ['too-many-commands', 413],
    ['too-large', 413],
    ['other-actor', 403],
    ['diverged', 409],
    ['recorder-role', 403],
    ['recorder-unassigned', 403],
    ['visit-unassigned', 404],
    ['discrepancy-exists', 409],
    ['based-on-invalid', 400],
    ['malformed', 400],
    ['command-id-missing', 400],
    ['other-visit', 400],
    ['several-recorders', 400],
    ['not-recordable', 400],
  ])('a batch that is refused as %s has the code %i', (reason, errorCode) => {
    expect(new BatchRefusedError(reason)).toMatchObject({ reason, errorCode, facts: {} });
  });
});
