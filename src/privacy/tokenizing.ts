import { type ActKey, indexKeys } from '../chain/act-keys.ts';
import { type DoorCheck, verifySignature } from '../chain/verify-acts.ts';
import type { Actor, Id, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { PrivacyOfService } from '../service/shared/privacy.ts';
import { asRecord } from '../util/json.ts';
import type { FindClearVisits } from './clear-visits.ts';
import { type Keyring, keyId, type SubjectSecret } from './keyring.ts';
import { createGroups, type Groups, noTexts, type TakenTexts, throwAwayKey, tokenize } from './sealed-texts.ts';
import { eventTypeOf } from './walk.ts';

/** The keys of the people who sign acts in a visit. */
export type ActKeysOf = (visitId: Id) => readonly ActKey[] | Promise<readonly ActKey[]>;

/** Takes the personal texts out of messages, and makes the keys that are missing. A visit that was begun in clear goes on in clear. */
export function createTokenizer(
  keyring: Keyring,
  allowed: readonly string[],
  actKeys: ActKeysOf,
  findClear: FindClearVisits,
): Pick<PrivacyOfService, 'tokenizeCommands' | 'tokenizeFact'> {
  /** Runs a walk twice: first to learn whose keys are needed, then with them. */
  async function withGroups<T>(
    visitIds: readonly string[],
    walk: (groupsOf: (visitId: string) => Groups) => T,
  ): Promise<T> {
    const needed = new Map(visitIds.map((visitId) => [visitId, new Set<string>()]));
    walk((visitId) => (subjects) => {
      for (const subject of subjects) needed.get(visitId)?.add(subject);
      return undefined;
    });
    const ids = [...needed].flatMap(([visitId, subjects]) => [...subjects].map((subject) => keyId(visitId, subject)));
    const secrets = ids.length === 0 ? new Map<string, SubjectSecret>() : await keyring.read(ids, true);
    const groups = new Map(
      visitIds.map((visitId) => [
        visitId,
        createGroups((subject) => secrets.get(keyId(visitId, subject)), throwAwayKey),
      ]),
    );
    return walk((visitId) => groups.get(visitId) as Groups);
  }

  const checks = doorChecks(actKeys);
  return {
    async tokenizeCommands(commands) {
      const clear = await findClear(commands.map(({ data }) => data.visitId));
      const signed = await checks(commands.map((command) => ({ ...command, by: command.metadata.actor })));
      return withGroups([...new Set(commands.map(({ data }) => data.visitId))], (groupsOf) => {
        const texts = new Map<string, TakenTexts>();
        return commands.map((command, index) => {
          const { visitId } = command.data;
          if (clear.has(visitId)) return { message: command };
          const into = texts.get(visitId) ?? noTexts(visitId);
          texts.set(visitId, into);
          const message = tokenizeCommand({ command, signed: signed[index] }, allowed, groupsOf(visitId), into);
          return { message, texts: into };
        });
      });
    },
    async tokenizeFact({ metadata = {}, ...fact }, recorder) {
      const { visitId, by, recordedBy = by } = fact.data;
      if ((await findClear([visitId])).has(visitId)) return { message: fact as VisitEvent, recorder };
      const [signed] = await checks([{ ...fact, metadata, by: recordedBy }]);
      return withGroups([visitId], (groupsOf) => {
        const into = noTexts(visitId);
        const brought = { message: fact as VisitEvent, metadata, by: recordedBy, recorder, signed };
        const { message, metadata: kept } = tokenize(brought, allowed, groupsOf(visitId), into);
        return { message: { ...message, metadata: kept } as VisitEvent, texts: into, recorder: kept.recorder };
      });
    },
  };
}

type Signable = Readonly<{
  type: string;
  data: VisitEvent['data'] | VisitCommand['data'];
  metadata: { readonly signature?: unknown; readonly commandId?: unknown };
  by: Actor;
}>;

/** Verifies the signatures of messages, whose texts no reader of the log has afterwards. */
const doorChecks =
  (actKeys: ActKeysOf) =>
  (messages: readonly Signable[]): Promise<readonly (DoorCheck | undefined)[]> =>
    Promise.all(
      messages.map(async ({ type, data, metadata: { signature, commandId }, by }) => {
        if (signature === undefined) return undefined;
        const act = { type: eventTypeOf(type), data: asRecord(data), recorder: by, commandId, signature };
        const { status, signed } = await verifySignature(act, await indexKeys(await actKeys(data.visitId)));
        return { status, ...(signed && { basedOn: signed.basedOn, head: signed.head }) };
      }),
    );

/** The command with tokens; its actor too, where they are the client. What its metadata brought besides is taken out. */
function tokenizeCommand(
  { command, signed }: Readonly<{ command: VisitCommand; signed: DoorCheck | undefined }>,
  allowed: readonly string[],
  groups: Groups,
  into: TakenTexts,
): VisitCommand {
  const { actor, ...brought } = command.metadata;
  const message = { message: command, metadata: brought, by: actor, recorder: actor, signed };
  const taken = tokenize(message, allowed, groups, into);
  const { recorder, commandId } = taken.metadata;
  const metadata = { actor: recorder, ...(commandId !== undefined && { commandId }) };
  return { ...taken.message, metadata } as VisitCommand;
}
