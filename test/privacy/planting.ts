import type { VisitCommand, VisitEvent } from 'auxilio';
import { actors, command, fact, plainVisit, sampleData } from 'auxilio/testing';
import { parseCommand, parseEvent } from 'auxilio/wire';
import { isObject } from '../../src/util/json.ts';
import { acts } from '../../src/visit/table.ts';

/** Plants canaries in messages: a text of its own in each place that takes any text. */
export function createPlanter() {
  const canaries: string[] = [];
  const nextText = () => `Ñandú Árbol ${String(canaries.length).padStart(3, '0')} á@foto.jpg`;

  function plant<Message>(message: Message, parse: (given: unknown) => { ok: boolean }): Message {
    let planted = message;
    for (const path of listPaths(message)) {
      if (path.includes('type') || path.includes('policyId')) continue;
      const text = path.at(-1) === 'sha256' ? String(canaries.length).padStart(64, 'c0ffee') : nextText();
      const tried = replaceAt(planted, path, text);
      if (!parse(tried).ok) continue;
      canaries.push(text);
      planted = tried;
    }
    return planted;
  }

  /** Adds a text that was planted by hand. */
  const add = (text: string): string => {
    canaries.push(text);
    return text;
  };
  return {
    canaries,
    add,
    plantCommand: (given: VisitCommand): VisitCommand => plant(given, parseCommand),
    plantEvent: (given: VisitEvent): VisitEvent => plant(given, parseEvent),
  };
}

const listPaths = (value: unknown, at: readonly string[] = []): (readonly string[])[] => {
  if (typeof value === 'string') return [at];
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...at, key])) : [];
};

function replaceAt<Value>(value: Value, [key, ...rest]: readonly string[], text: string): Value {
  if (key === undefined) return text as Value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, text);
  return copy as Value;
}

/** Metadata of a phone: who let it be done, the device, and its signature. */
const brought = { despite: { by: 'x', reason: 'x' }, device: 'x' } as const;

type Planter = ReturnType<typeof createPlanter>;

/** The commands of a whole visit, with canaries; what the rules compare is alike. */
export function plantVisit({ plantCommand, add }: Planter): readonly VisitCommand[] {
  const same = new Map<string, string>();
  const alike = (text: string) => {
    const known = same.get(text) ?? add(`Igual ${text} çà`);
    same.set(text, known);
    return known;
  };
  const compared = ['fontanería', 'Tubo PVC', 'llave', 'sierra', 'EXP-1', 'm'];
  return plainVisit().map((one, nth) => {
    const metadata = { ...one.metadata, ...brought, commandId: `c-${nth}` };
    const planted = plantCommand({ ...one, metadata } as VisitCommand);
    // A text that other acts repeat is planted once, and alike.
    const restore = (own: unknown, original: unknown): unknown => {
      if (original === 'app') return original;
      if (typeof original === 'string') return compared.includes(original) ? alike(original) : own;
      if (Array.isArray(original)) return original.map((inner, index) => restore((own as unknown[])[index], inner));
      if (!isObject(original)) return own;
      return Object.fromEntries(
        Object.entries(original).map(([key, inner]) => [key, restore((own as Record<string, unknown>)[key], inner)]),
      );
    };
    return { ...planted, data: restore(planted.data, one.data) } as VisitCommand;
  });
}

/** A recorded fact of each type, with canaries, and what a host adds to it. */
export const plantFacts = ({ plantEvent, add }: Planter): readonly VisitEvent[] =>
  acts
    .filter(({ event }) => event !== 'DiscrepancyReported' && event !== 'DiscrepancySettled')
    .map(({ event, command: type }, nth) => {
      const planted = plantEvent(fact(event, sampleData[type], actors.provider, { commandId: `f-${nth}`, ...brought }));
      const metadata = { ...planted.metadata, note: add(`Nota del anfitrión ${nth} ñ`) };
      return { ...planted, data: { ...planted.data, visitId: 'visit-2' }, metadata } as VisitEvent;
    });

/** Acts of a phone that the rules of a visit refuse, with canaries. */
export const plantBatch = ({ plantCommand }: Planter): readonly VisitCommand[] =>
  (
    ['LocateFault', 'AssessService', 'ExplainWork', 'ClearArea', 'RecordArrival', 'TakePhotos', 'SubmitPhotos'] as const
  ).map((type, nth) =>
    plantCommand({
      ...command(type),
      metadata: {
        actor: actors.provider,
        ...brought,
        signature: 'c2lnbmF0dXJlY2FuYXJ5..YWFhYWFh',
        commandId: `b-${nth}`,
      },
    } as VisitCommand),
  );
