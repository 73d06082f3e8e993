/** Batches are recorded in order, once, and answered with what became of each command. */
import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { RemoteSyncAnswer } from '../../replica/remote/remote.ts';
import { LIMITS } from '../../wire/limits.ts';
import { ensure, same } from '../assert.ts';
import { type Cases, listOutcomes } from './stage.ts';

const idOf = ({ metadata }: VisitCommand | VisitEvent) => metadata?.commandId;
const listTypes = (events: readonly unknown[]) => (events as readonly VisitEvent[]).map(({ type }) => type);

/** The number of times that each command is in a log, as an event or as an act of a report. */
function countIn(log: readonly VisitEvent[], commands: readonly VisitCommand[]): number[] {
  const acts = log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  const ids = [...log.map(idOf), ...acts.map(({ commandId }) => commandId)];
  return commands.map((command) => ids.filter((id) => id === idOf(command)).length);
}

/** Texts that a server may cut, escape, count or normalise in another way. */
const TEXTS = ['¿Está doña Ángela? Sí: 100 % «mojado»', '🔧👩‍🔧 tubería de ½″', '<b>&amp;</b> "\\u0000"'];

export const batches: Cases = {
  'are recorded in order, and answered with an outcome of each command and the events since basedOn': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const commands = [act('RecordArrival'), act('ShowCredential'), act('EscalateClientImpact', { what: 'x' })];
    const answer = await provider.sync(basedOn, commands);
    const places = [1, 2, 3].map((n) => ({ outcome: 'accepted', position: basedOn + n }));
    same(places, answer.outcomes, 'the outcomes');
    same(commands.map(idOf), (answer.events as readonly VisitEvent[]).map(idOf), 'the commands of the events');
    same(['ProviderArrived', 'CredentialShown', 'ClientImpactEscalated'], listTypes(answer.events), 'the events');
    same(basedOn + 3, answer.version, 'the version');
    same(answer.events, (await log()).slice(basedOn), 'the events that are read afterwards');
  },

  'of no commands are answered with the events since basedOn, and record nothing': async (stage) => {
    const { act, basedOn, provider, log, host, visitId } = stage;
    await provider.sync(basedOn, [act('RecordArrival')]);
    const before = await log();
    const [last] = before.slice(-1);
    const head = { version: before.length, lastEventId: last?.metadata?.eventId ?? '' };
    const { device } = host.provider;
    const answer = await provider.remote.sync({ visitId, basedOn, head, commands: [], device });
    same([], answer.outcomes, 'the outcomes');
    same(before.slice(basedOn), answer.events, 'the events');
    same(before, await log(), 'the log afterwards');
  },

  'that the server has already are answered as repeated, with the same events, and record nothing': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const commands = [act('RecordArrival'), act('StartWork'), act('ShowCredential')];
    const first = await provider.sync(basedOn, commands);
    const before = await log();
    for (const time of ['second', 'third']) {
      const again = await provider.sync(basedOn, commands);
      same(['repeated', 'repeated', 'repeated'], listOutcomes(again), `the outcomes of the ${time} time`);
      const firsts = again.outcomes.map((one) => ('first' in one ? one.first.outcome : one.outcome));
      same(listOutcomes(first), firsts, `the first outcomes as the ${time} time answers them`);
      same(first.events, again.events, `the events of the ${time} time`);
    }
    same(before, await log(), 'the log afterwards');
  },

  'whose answer was lost are sent with what was recorded since: each command is recorded once': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const commands = [act('RecordArrival'), act('ShowCredential')];
    // Its answer is lost: the phone sends from the same basedOn, in another batch.
    await provider.sync(basedOn, commands);
    const later = [...commands, act('EscalateClientImpact', { what: 'x' })];
    const answer = await provider.sync(basedOn, later);
    same(['repeated', 'repeated', 'accepted'], listOutcomes(answer), 'the outcomes');
    same([1, 1, 1], countIn(await log(), later), 'the number of times that each command is recorded');
    same((await log()).slice(basedOn), answer.events, 'the events since basedOn');
  },

  'with an act that the rules refuse are recorded whole, and the act is reported': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const commands = [act('StartWork'), act('RecordArrival')];
    const answer = await provider.sync(basedOn, commands);
    same(['refused', 'accepted'], listOutcomes(answer), 'the outcomes');
    same([1, 1], countIn(await log(), commands), 'the number of times that each command is recorded');
    ensure(listTypes(answer.events).includes('DiscrepancyReported'), 'the events contain the report of the act');
  },

  'with an id that another command has are recorded without it: it is refused by the rule id-reused': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const first = act('EscalateClientImpact', { what: 'x' });
    await provider.sync(basedOn, [first]);
    const before = await log();
    const reused = [{ ...first, data: { ...first.data, what: 'y' } }, act('RecordArrival', {}, idOf(first))];
    const answer = await provider.sync(basedOn, [act('ShowCredential'), ...reused]);
    const rules = answer.outcomes.map((one) => ('violations' in one ? one.violations.map(({ rule }) => rule) : []));
    same([['id-reused'], ['id-reused']], rules.slice(1), 'the rules that refuse the two commands');
    same(before, (await log()).slice(0, before.length), 'the events before');
  },

  'at the same time record each command once, one batch or several': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const twice = [act('RecordArrival'), act('ShowCredential')];
    const others = [1, 2, 3].map((n) => [act('EscalateClientImpact', { what: `${n}` })]);
    const answers = await Promise.all([twice, twice, ...others].map((batch) => provider.sync(basedOn, batch)));
    const all = [...twice, ...others.flat()];
    same([1, 1, 1, 1, 1], countIn(await log(), all), 'the number of times that each command is recorded');
    const [one, two] = answers as [RemoteSyncAnswer, RemoteSyncAnswer];
    const kinds = [listOutcomes(one), listOutcomes(two)].map((each) => each.join()).sort();
    same(['accepted,accepted', 'repeated,repeated'], kinds, 'the outcomes of the batch that is sent twice at once');
  },

  'have their texts recorded as they are': async (stage) => {
    const { act, basedOn, provider, log } = stage;
    const commands = TEXTS.map((what) => act('EscalateClientImpact', { what }));
    await provider.sync(basedOn, commands);
    const recorded = (await log()).slice(basedOn).map(({ data }) => (data as { what?: string }).what);
    same(TEXTS, recorded, 'the texts');
  },

  'as large as a replica sends them are recorded, by their number and by their bytes': async (stage) => {
    const { act, provider, assign } = stage;
    const many = await assign();
    const short = Array.from({ length: LIMITS.batchCommands }, () =>
      act('EscalateClientImpact', { visitId: many, what: 'x' }),
    );
    const ofMany = listOutcomes(await provider.sync(1, short, many));
    same(Array(short.length).fill('accepted'), ofMany, 'the outcomes of many commands');
    const heavy = await assign();
    const long: VisitCommand[] = [];
    for (let bytes = 2; ; ) {
      const next = act('EscalateClientImpact', { visitId: heavy, what: 'ñ'.repeat(LIMITS.text / 2) });
      bytes += new TextEncoder().encode(JSON.stringify(next)).length + 1;
      if (bytes > LIMITS.batchBytes) break;
      long.push(next);
    }
    const ofLong = listOutcomes(await provider.sync(1, long, heavy));
    same(Array(long.length).fill('accepted'), ofLong, 'the outcomes of long commands');
  },

  'larger than that are refused as too-large, with a problem': async (stage) => {
    const { act, basedOn, provider, refuses } = stage;
    const escalate = (what: string) => act('EscalateClientImpact', { what });
    const many = Array.from({ length: LIMITS.batchCommands + 1 }, () => escalate('x'));
    await refuses('101 commands', () => provider.sync(basedOn, many), { kind: 'too-large' });
    const heavy = Array.from({ length: 40 }, () => escalate('x'.repeat(LIMITS.text)));
    await refuses('80,000 bytes of commands', () => provider.sync(basedOn, heavy), { kind: 'too-large' });
  },

  'that have seen more events than there are, or others, are refused': async (stage) => {
    const { act, basedOn, provider, refuses, host, visitId, log } = stage;
    const { device } = host.provider;
    const commands = [act('RecordArrival')];
    const beyond = { kind: 'refused', reason: 'based-on-invalid' } as const;
    await refuses('a basedOn beyond the log', () => provider.sync(basedOn + 1, commands), beyond);
    const diverged = { kind: 'refused', reason: 'diverged' } as const;
    const seeing = (head: { version: number; lastEventId: string }) => () =>
      provider.remote.sync({ visitId, basedOn, head, commands, device });
    await refuses('another last event', seeing({ version: basedOn, lastEventId: 'another-event' }), diverged);
    const lastEventId = (await log())[basedOn - 1]?.metadata?.eventId ?? '';
    await refuses('a head beyond the log', seeing({ version: basedOn + 1, lastEventId }), diverged);
  },
};
