/** A client's word on one fact, which its step tells. */
export type ModelWord = {
  readonly fact: string;
  readonly recorded: number;
  readonly agrees: boolean;
  readonly what: string;
};

/** One command of the model: a flat record, empty where its act has no use for a field. */
export type ModelCommand = {
  readonly act: string;
  readonly role: string;
  readonly who: string;
  readonly visit: string;
  readonly kind: string;
  readonly about: string;
  readonly first: string;
  readonly second: string;
  readonly contact: boolean;
  readonly count: number;
  readonly names: readonly string[];
  readonly recorded: number;
  readonly corrected: number;
  readonly words: readonly ModelWord[];
};

/** The facts of the model, with its debts and waivers. */
type ModelVisit = {
  readonly assigned: boolean;
  /** `kind about clause`, `about` only where there is one. */
  readonly debts: readonly string[];
  readonly waivers: readonly string[];
  /** The debts that lapsed at the end. */
  readonly lapsed: readonly string[];
  readonly [fact: string]: unknown;
};

/** The command, the model's decision, and the state of the visit afterwards. */
export type ModelStep = {
  readonly command: ModelCommand;
  readonly verdict: readonly string[];
  readonly phase: string;
  readonly visit: ModelVisit;
};

/** One walk of the model, under one host's policy. */
export type Trace = {
  readonly name: string;
  readonly host: { readonly purchase: boolean; readonly waive: readonly string[] };
  readonly steps: readonly ModelStep[];
};

type RawState = {
  readonly host: Trace['host'];
  readonly lastCommand: ModelCommand;
  readonly lastVerdict: readonly string[];
  readonly lastPhase: string;
  readonly s: ModelVisit;
};

/** ITF writes whole numbers and sets as objects; plain JSON is easier to read. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('#bigint' in value) return Number(value['#bigint']);
  if ('#set' in value) return value['#set'];
  return value;
}

/** Reads a trace in the Informal Trace Format; its first state is the one before any command. */
export function readTrace(name: string, text: string): Trace {
  const { states } = JSON.parse(text, plain) as { readonly states: readonly RawState[] };
  const [before, ...after] = states;
  if (before === undefined) throw new Error(`${name}: no states`);
  return {
    name,
    host: before.host,
    steps: after.map(({ lastCommand, lastVerdict, lastPhase, s }) => ({
      command: lastCommand,
      verdict: lastVerdict,
      phase: lastPhase,
      visit: s,
    })),
  };
}
