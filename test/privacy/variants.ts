import type { VisitCommand, VisitEvent } from 'auxilio';
import { offlineMix, type SimulatedRequest, type SimulatedVisit, simulate } from 'auxilio/testing';
import { dice, type Rng } from '../../src/testing/simulate/prng.ts';

/** The fields whose texts the rules compare, and those that only are kept. */
const varied =
  /^(?:item|items|unit|kind|quality|tools|service|shot|requiredShots|name|where|caseNumber|moved|note|text)$/;

const mix = {
  ...offlineMix,
  amended: 0.3,
  absent: 0.2,
  materialsRejected: 0.4,
  extraMaterials: 0.4,
  noMaterials: 0.1,
  workBreak: 0.4,
  secondVisit: 0.2,
  testFailed: 0.2,
  attested: 0.4,
  denied: 0.3,
  attestedOffline: 0.3,
} as const;

/** Writes a text as another hand might: in another case, with spaces around it, with its accents apart, or with another letter. */
function rewrite(text: string, { between }: Rng): string {
  const ways = [text.toUpperCase(), text.toLowerCase(), ` ${text}`, `${text} `, text.normalize('NFD'), `${text}x`];
  return ways[between(0, ways.length - 1)] ?? text;
}

function varyTexts(value: unknown, rng: Rng, rate: number, isVaried = false): unknown {
  if (typeof value === 'string') return isVaried && rng.chance(rate) ? rewrite(value, rng) : value;
  if (Array.isArray(value)) return value.map((inner) => varyTexts(inner, rng, rate, isVaried));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    varyTexts(inner, rng, rate, varied.test(key) || (isVaried && typeof inner === 'object')),
  ]);
  return Object.fromEntries(entries);
}

/** A request, or a fact that the contact center records. */
export type VariedRequest = SimulatedRequest | Readonly<{ kind: 'fact'; fact: VisitEvent }>;

/** A visit whose texts vary, with ids used twice, acts left out, swapped and sent twice. Of three visits, one is lawful. */
export type VariedVisit = Readonly<{ visitId: string; isDamaged: boolean; requests: readonly VariedRequest[] }>;

export function* variedVisits(visits: number, seed: number): Generator<VariedVisit> {
  let index = 0;
  for (const visit of simulate({ visits, seed, mix })) {
    yield vary(visit, dice(seed, index), index % 3 > 0);
    index += 1;
  }
}

function vary({ visitId, requests, events }: SimulatedVisit, rng: Rng, isDamaged: boolean): VariedVisit {
  const used: string[] = [];
  const varyCommand = <Command extends VisitCommand>(command: Command): Command => {
    const data = varyTexts(command.data, rng, isDamaged ? 0.3 : 0.1);
    const { commandId = '' } = command.metadata;
    const [first = commandId, ...rest] = used;
    const id = isDamaged && rng.chance(0.03) ? rng.oneOf([first, ...rest]) : commandId;
    used.push(id);
    const brought = rng.chance(0.1)
      ? { despite: { by: 'Rosa Umaña', reason: `Llovía ${used.length}` }, device: 'teléfono 4' }
      : {};
    return { ...command, data, metadata: { ...command.metadata, ...brought, commandId: id } } as Command;
  };
  const varyFact = (): VariedRequest => {
    const { type, data } = rng.oneOf(events.slice(1) as [VisitEvent, ...VisitEvent[]]);
    const [first = 'none', ...rest] = used;
    const metadata = { commandId: rng.chance(0.2) ? rng.oneOf([first, ...rest]) : `${visitId}-f${used.length}` };
    return { kind: 'fact', fact: { type, data: varyTexts(data, rng, 0.3), metadata } as VisitEvent };
  };
  const kept = requests.flatMap((request, index): VariedRequest[] => {
    if (isDamaged && index > 0 && rng.chance(0.03)) return rng.chance(0.5) ? [] : [varyFact()];
    const mapped =
      request.kind === 'batch'
        ? { ...request, commands: request.commands.map(varyCommand) }
        : ({ ...request, command: varyCommand(request.command) } as SimulatedRequest);
    return isDamaged && rng.chance(0.03) ? [mapped, mapped] : [mapped];
  });
  if (isDamaged && kept.length > 4) {
    const at = rng.between(1, kept.length - 2);
    kept.splice(at, 2, kept[at + 1] as VariedRequest, kept[at] as VariedRequest);
  }
  return { visitId, isDamaged, requests: kept };
}
