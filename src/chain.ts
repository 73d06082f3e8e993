export type { ActKey, ActKeyPair, PublicActKey } from './chain/act-keys.ts';
export type { ChainHead, Sealable } from './chain/entries.ts';
export { type Sealed, seal } from './chain/seal.ts';
export { type SignOptions, signAct } from './chain/sign-act.ts';
export { type ChainReport, exportHead, verifyChain } from './chain/verify.ts';
export { type ActSignature, type SignatureReport, type SignatureStatus, verifyActs } from './chain/verify-acts.ts';
export type { ChainFault } from './messages/index.ts';
