/** *Lo de siempre*: what this provider entered before for the same act and service, kept on the phone. */
import type { CommandType, Locale } from 'auxilio';
import type { Entered } from '../../ui/host.ts';
import { session } from './session.ts';

/** The acts of which a provider enters much the same each time; no names, no times. */
const repeated: readonly CommandType[] = [
  'LocateFault',
  'AssessService',
  'ExplainWork',
  'ShowTools',
  'ClearArea',
  'TestQuality',
];

const most = 20;

type Texts = Readonly<Partial<Record<CommandType, Readonly<Record<string, readonly string[]>>>>>;

/** To begin with, for the service that is asked for most. */
const starters: Readonly<Record<Locale, Texts>> = {
  'es-CR': {
    ShowTools: { tools: ['llave francesa', 'destornillador', 'sierra', 'cinta de teflón', 'foco', 'taladro'] },
    LocateFault: { where: ['cocina', 'baño', 'cuarto de pilas', 'patio', 'tablero eléctrico'] },
    ClearArea: { moved: ['alfombra', 'mesa', 'adornos', 'electrodomésticos'] },
  },
  en: {
    ShowTools: { tools: ['wrench', 'screwdriver', 'saw', 'thread tape', 'torch', 'drill'] },
    LocateFault: { where: ['kitchen', 'bathroom', 'laundry room', 'yard', 'electrical panel'] },
    ClearArea: { moved: ['carpet', 'table', 'ornaments', 'appliances'] },
  },
};

const startersOf = (type: CommandType) => starters[session.value?.locale ?? 'es-CR'][type];

type Memory = Readonly<{ last: Entered; texts: Readonly<Record<string, readonly string[]>> }>;

const keyOf = (type: CommandType, service: string | null) => `usual:${service ?? ''}:${type}`;

function memoryOf(type: CommandType, service: string | null): Memory | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(type, service)) ?? 'null');
  } catch {
    return null;
  }
}

/** The values that were entered the last time; `null` the first time, and for an act that is never the same. */
export const usualOf = (type: CommandType, service: string | null): Entered | null =>
  repeated.includes(type) ? (memoryOf(type, service)?.last ?? null) : null;

/** Texts that were entered in a field, the newest first. */
export function suggestionsOf(type: CommandType, service: string | null, name: string): readonly string[] {
  if (!repeated.includes(type)) return [];
  const field = name.replaceAll(/\.\d+\./g, '.*.');
  return memoryOf(type, service)?.texts[field] ?? startersOf(type)?.[name] ?? [];
}

/** Removes the texts that were entered and that stand in these values. */
export function forgetUsual(values: unknown): void {
  const gone = new Set<string>();
  JSON.stringify(values, (_, value) => (typeof value === 'string' ? gone.add(value) && value : value));
  const isLeft = (text: string) => !gone.has(text);
  const lists = (of: Entered) => Object.entries(of).map(([name, all]) => [name, all.filter(isLeft)]);
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith('usual:'))) {
    const { last, texts }: Memory = JSON.parse(localStorage.getItem(key) ?? '{"last":{},"texts":{}}');
    const left = { last: Object.fromEntries(lists(last)), texts: Object.fromEntries(lists(texts)) };
    localStorage.setItem(key, JSON.stringify(left satisfies Memory));
  }
}

export function remember(type: CommandType, service: string | null, entered: Entered): void {
  if (!repeated.includes(type)) return;
  const known = memoryOf(type, service)?.texts ?? startersOf(type) ?? {};
  const texts: Record<string, readonly string[]> = { ...known };
  for (const [name, values] of Object.entries(entered)) {
    const field = name.replaceAll(/\.\d+\./g, '.*.');
    texts[field] = [...new Set([...values.filter(Boolean), ...(texts[field] ?? [])])].slice(0, most);
  }
  localStorage.setItem(keyOf(type, service), JSON.stringify({ last: entered, texts } satisfies Memory));
}
