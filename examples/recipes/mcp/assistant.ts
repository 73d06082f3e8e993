import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { audit, clause, commandTypes, decide, explain, guide, isClauseId, roles, type Violation } from 'auxilio';
import { isServiceError, type VisitService } from 'auxilio/service';
import { explainIssue, parseCommand } from 'auxilio/wire';
import { z } from 'zod';

const answer = (value: object, isError = false) => ({
  content: [{ type: 'text' as const, text: JSON.stringify(value) }],
  isError,
});

/** Why an act is refused, without the facts: those hold what people wrote. */
const reasonsOf = (violations: readonly Violation[]) =>
  violations.map(({ rule, clause }) => ({
    ...{ rule, clause },
    text: explain({ rule, clause, facts: {} }, 'es-CR', 'contact-center'),
  }));

/**
 * Creates the tools for the assistant of one operator. It acts as that operator alone, and records only what the rules accept.
 * Answers have names of acts, fields, rules and clauses, times and ids: no data of an event, and so no text about a person.
 */
export function createAssistant(service: VisitService, operator: string): McpServer {
  const server = new McpServer({ name: 'auxilio', version: '1.0.0' });
  const actor = { role: 'contact-center', id: operator };
  const visit = { visitId: z.string().describe('Id of the visit') };
  const act = {
    type: z.enum(commandTypes).describe('The act; `guide` lists those that are open'),
    data: z
      .record(z.string(), z.unknown())
      .describe('Its fields: visitId, at (RFC 3339), and those that `guide` names'),
  };
  const readOnly = { annotations: { readOnlyHint: true } };

  server.registerTool(
    'guide',
    {
      description: 'Acts that a role may record now, and why the others are closed',
      ...readOnly,
      inputSchema: { ...visit, role: z.enum(roles).default('contact-center') },
    },
    async ({ visitId, role }) => {
      const { state } = await service.load(visitId);
      const { phase, suggested, open, closed, debts } = guide(state, { role, locale: 'es-CR' });
      return answer({
        ...{ phase, suggested, debts },
        open: open.map(({ command, clauses, fields }) => ({ command, clauses, fields: fields.flat() })),
        closed: closed.map(({ command, violations, remedy }) => ({ command, reasons: reasonsOf(violations), remedy })),
      });
    },
  );

  const read = ({ type, data }: { type: string; data: object }, commandId?: string) =>
    parseCommand({ type, data, metadata: { actor, ...(commandId && { commandId }) } });
  const malformed = ({ issues }: Extract<ReturnType<typeof parseCommand>, { ok: false }>) =>
    answer({ malformed: issues.map((issue) => explainIssue(issue, 'es-CR')) }, true);

  server.registerTool(
    'decide',
    { description: 'Judges an act without recording it', inputSchema: act, ...readOnly },
    async (given) => {
      const parsed = read(given);
      if (!parsed.ok) return malformed(parsed);
      const { state } = await service.load(parsed.value.data.visitId);
      const decision = decide(parsed.value, state);
      return answer(
        decision.ok ? { lawful: true } : { lawful: false, reasons: reasonsOf(decision.rejection.violations) },
      );
    },
  );

  server.registerTool(
    'record',
    {
      description: 'Records an act if the rules accept it',
      inputSchema: {
        ...act,
        commandId: z.string().describe('An id of yours for this act: repeated, it is recorded once'),
      },
    },
    async ({ commandId, ...given }) => {
      const parsed = read(given, commandId);
      if (!parsed.ok) return malformed(parsed);
      try {
        const result = await service.handle(parsed.value);
        if (!result.ok) return answer({ recorded: false, reasons: reasonsOf(result.rejection.violations) }, true);
        return answer({ recorded: true, phase: result.state.phase, version: String(result.version) });
      } catch (error) {
        if (!isServiceError(error)) throw error;
        return answer({ recorded: false, error: error.code }, true);
      }
    },
  );

  server.registerTool(
    'audit',
    { description: 'Finds where the log of a visit breaks the protocol', inputSchema: visit, ...readOnly },
    async ({ visitId }) => {
      const { events } = await service.load(visitId);
      const { clean, findings } = audit(events);
      const found = findings.map(({ index, kind, rule, clause }) => ({
        event: events[index]?.type,
        kind,
        rule,
        clause,
      }));
      return answer({ clean, events: events.length, findings: found });
    },
  );

  server.registerTool(
    'explain',
    {
      description: 'States a clause of the protocol, such as 1.1-19',
      inputSchema: { clause: z.string() },
      ...readOnly,
    },
    async ({ clause: id }) => (isClauseId(id) ? answer(clause(id)) : answer({ error: 'no such clause' }, true)),
  );
  return server;
}
