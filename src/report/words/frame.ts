import type { FindingKind, IntegrityFault } from '../../reading/index.ts';
import type { PaymentCondition } from '../../visit/index.ts';

/** The filters of the index. */
export type Facet = 'unclean' | 'unpayable' | 'conduct' | 'ongoing' | 'owing';

/** The orders of the index. */
export type OrderName = 'case' | 'provider' | 'worked' | 'findings' | 'debts';

/** The words around the evidence: findings, provenance, decision, seals. */
export type FrameWords = {
  readonly found: {
    readonly none: string;
    readonly more: (findings: number) => string;
    readonly breach: string;
    readonly escalation: string;
    readonly breaches: (count: number) => string;
    readonly escalations: (count: number) => string;
    /** Findings that cite no clause. */
    readonly without: Readonly<
      Record<Exclude<FindingKind, 'measure' | 'deviation' | 'correction' | 'repeated'>, string>
    >;
    readonly place: { readonly sheet: string; readonly row: string; readonly line: string };
  };
  readonly payment: {
    readonly conditions: Readonly<Record<PaymentCondition, string>>;
    readonly unmet: (conditions: string) => string;
    readonly flaws: (clauses: string) => string;
  };
  readonly index: {
    readonly search: string;
    readonly show: string;
    readonly all: string;
    readonly facets: Readonly<Record<Facet, string>>;
    readonly sort: string;
    readonly given: string;
    readonly orders: Readonly<Record<OrderName, string>>;
    readonly pick: string;
    readonly pickAll: string;
    readonly print: string;
    /** `{shown}`, `{all}` and `{picked}` stand for numbers. */
    readonly count: string;
    readonly loading: string;
    readonly failed: string;
    readonly noScript: string;
  };
  readonly integrity: {
    readonly verified: string;
    readonly unverified: string;
    /** The number of an act, a line or a row. */
    readonly places: Readonly<Record<'place' | 'line' | 'row', (number: number) => string>>;
    /** The fault that breaks it, at its place. */
    readonly faults: Readonly<Record<IntegrityFault, (place: string) => string>>;
    readonly hold: (fault: string) => string;
  };
  readonly seals: {
    readonly unverified: string;
    readonly withoutSeals: (visits: number) => string;
    readonly sealed: (visits: number) => string;
    readonly broken: (visits: number) => string;
  };
  /** On printed pages: the label of the beginning of a hash, and the text without one. */
  readonly running: Readonly<Record<'seal' | 'file' | 'broken' | 'none', string>>;
  readonly decision: {
    readonly choices: readonly string[];
    readonly reasons: string;
    readonly name: string;
    readonly signature: string;
    readonly date: string;
  };
  readonly numbering: {
    readonly place: string;
    readonly line: (file: string) => string;
    readonly row: (file: string) => string;
  };
};
