/** The invariants of a visit, written from the protocol: `auxilio/invariants`. */
export * from './visit/invariants/index.ts';
