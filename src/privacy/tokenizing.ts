import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import type { PrivacyOfService } from '../service/shared/privacy.ts';
import { type Keyring, keyId, type SubjectSecret } from './keyring.ts';
import { createGroups, type Groups, noTexts, type TakenTexts, throwAwayKey, tokenize } from './sealed-texts.ts';

/** Takes the personal texts out of messages, and makes the keys that are missing. */
export function createTokenizer(
  keyring: Keyring,
  allowed: readonly string[],
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

  return {
    tokenizeCommands: (commands) =>
      withGroups([...new Set(commands.map(({ data }) => data.visitId))], (groupsOf) => {
        const texts = new Map<string, TakenTexts>();
        return commands.map((command) => {
          const { visitId } = command.data;
          const into = texts.get(visitId) ?? noTexts(visitId);
          texts.set(visitId, into);
          return { message: tokenizeCommand(command, allowed, groupsOf(visitId), into), texts: into };
        });
      }),
    tokenizeFact: ({ metadata = {}, ...fact }, recorder) =>
      withGroups([fact.data.visitId], (groupsOf) => {
        const { visitId, by, recordedBy = by } = fact.data;
        const groups = groupsOf(visitId);
        const into = noTexts(visitId);
        const brought = { message: fact as VisitEvent, metadata, by: recordedBy, recorder };
        const { message, metadata: kept } = tokenize(brought, allowed, groups, into);
        return { message: { ...message, metadata: kept } as VisitEvent, texts: into, recorder: kept.recorder };
      }),
  };
}

/** The command with tokens; its actor too, where they are the client. What its metadata brought besides is taken out. */
function tokenizeCommand(
  command: VisitCommand,
  allowed: readonly string[],
  groups: Groups,
  into: TakenTexts,
): VisitCommand {
  const { actor, ...brought } = command.metadata;
  const taken = tokenize({ message: command, metadata: brought, by: actor, recorder: actor }, allowed, groups, into);
  const { recorder, commandId } = taken.metadata;
  const metadata = { actor: recorder, ...(commandId !== undefined && { commandId }) };
  return { ...taken.message, metadata } as VisitCommand;
}
