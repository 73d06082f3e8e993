import { audit, discrepancies, dossier, replay, type VisitEvent } from 'auxilio';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, isToken, memoryWrappingKeys } from 'auxilio/privacy';
import { createService, type VisitService } from 'auxilio/service';
import { asRecord } from '../../src/util/json.ts';
import type { VariedRequest, VariedVisit } from './variants.ts';

const roles = ['provider', 'contact-center', 'client'] as const;

/** The seals, which cover the envelopes. */
const seals: readonly string[] = ['sealed', 'hash', 'previousHash'];
/** The values besides that a log with tokens leaves out. */
const leftOut: readonly string[] = [...seals, 'position', 'despite', 'device', 'enteredAt', 'signature', 'source'];
/** The state after each answer is that of the log, which is compared once, at its end. */
const inAnswers: readonly string[] = [...leftOut, 'state'];

/** Copies a value without some of its fields, as JSON does. */
export const comparable = (value: unknown, without = leftOut): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner) => {
      if (without.includes(key)) return undefined;
      return typeof inner === 'bigint' ? String(inner) : inner;
    }),
  );

/** Puts one letter in the place of all tokens. */
export const blank = (value: unknown): unknown => mapTexts(value, (text) => (isToken(text) ? 'T' : text));

/** Copies a value of JSON with each text changed. */
export function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  const copied: unknown = JSON.parse(
    JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? change(inner) : inner)),
  );
  return copied as Value;
}

/** All that is said of a log. */
export const judge = (log: readonly VisitEvent[]) => {
  return comparable({ state: replay(log), audit: audit(log), dossier: dossier(log), open: discrepancies(log) });
};

/** A service with privacy, and one without, whose ids and times are the same. */
export async function twinServices() {
  const clock = () => {
    let ticks = 0;
    return () => new Date(Date.UTC(2026, 5, 1) + ticks++).toISOString();
  };
  const store = memoryStore();
  const [keys, wrapping] = [memoryKeyStore(), memoryWrappingKeys()];
  const privacy = await createPrivacy({ keys, wrapping, store });
  const service = createService({ store, privacy, now: clock(), factRecorders: roles });
  const plain = createService({ store: memoryStore(), now: clock(), factRecorders: roles });
  return { store, privacy, service, plain };
}

export type Twins = Awaited<ReturnType<typeof twinServices>>;

export const operator = { role: 'contact-center', id: 'op-7' } as const;

/** Sends a request, and answers what came of it; an error by its name and code. */
async function send(service: VisitService, visitId: string, request: VariedRequest): Promise<unknown> {
  try {
    if (request.kind === 'command') return comparable(await service.handle(request.command), inAnswers);
    if (request.kind === 'settlement') return comparable(await service.settle(request.command), inAnswers);
    if (request.kind === 'fact') return comparable(await service.record(request.fact, operator), inAnswers);
    const [first] = request.commands;
    if (first === undefined) return null;
    const { version } = await service.load(visitId);
    const { commands } = request;
    const basedOn = Math.min(request.basedOn, Number(version));
    return comparable(await service.sync({ visitId, basedOn, commands }, first.metadata.actor), inAnswers);
  } catch (error) {
    const { name, code, message } = error as Error & { code?: unknown };
    return { name, code, message: message.replace(/\d+/g, '0') };
  }
}

/** Sends a visit to both; the differences between their answers and between what is said of their logs. */
export async function compareTwins({ service, plain, privacy }: Twins, { visitId, requests }: VariedVisit) {
  const answers: { own: unknown; its: unknown; request: VariedRequest }[] = [];
  for (const request of requests) {
    answers.push({ request, own: await send(service, visitId, request), its: await send(plain, visitId, request) });
  }
  const [log, expected] = [(await service.load(visitId)).events, (await plain.load(visitId)).events];
  const opened = await privacy.open(log);
  const { restore } = opened;
  const differences: { what: string; at: string; own: unknown; its: unknown }[] = [];
  const check = (what: string, own: unknown, its: unknown) => {
    const found = findDifference(own, its);
    if (found !== undefined) differences.push({ what, ...found });
  };
  for (const { own, its, request } of answers) check(request.kind, ...blankPair(restore(own), its));
  const verdicts = judge(log);
  check('verdicts', restore(verdicts), judge(expected));
  // A phone judges the opened events: where they are those that a service without privacy has, so are its verdicts.
  check('opened', comparable(opened.events, seals), comparable(expected, seals));
  return { differences, log, opened, expected, verdicts };
}

/** Finds the first place where two values of JSON differ. */
function findDifference(own: unknown, its: unknown, at = ''): { at: string; own: unknown; its: unknown } | undefined {
  if (own === its) return undefined;
  if (typeof own !== 'object' || own === null || typeof its !== 'object' || its === null) return { at, own, its };
  for (const key of new Set([...Object.keys(own), ...Object.keys(its)])) {
    const found = findDifference(asRecord(own)[key], asRecord(its)[key], `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tokens of texts that are in no log, such as those of a refused command, open nowhere: the texts in their places go too. */
function blankPair(own: unknown, its: unknown): [unknown, unknown] {
  if (isToken(own)) return ['T', 'T'];
  if (typeof own !== 'object' || own === null || typeof its !== 'object' || its === null) return [own, its];
  const pairs = Object.entries(own).map(([key, inner]) => [
    key,
    blankPair(inner, (its as Record<string, unknown>)[key]),
  ]) as [string, [unknown, unknown]][];
  const others = Object.fromEntries(Object.entries(its).filter(([key]) => !Object.hasOwn(own, key)));
  return [
    Object.fromEntries(pairs.map(([key, [one]]) => [key, one])),
    { ...Object.fromEntries(pairs.map(([key, [, other]]) => [key, other])), ...others },
  ];
}
