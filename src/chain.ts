export type { ChainHead, Sealable } from './chain/entries.ts';
export { type Sealed, seal } from './chain/seal.ts';
export { type ChainReport, exportHead, verifyChain } from './chain/verify.ts';
export type { ChainFault } from './messages/index.ts';
