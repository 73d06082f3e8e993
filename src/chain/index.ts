export type { ChainFault } from '../messages/index.ts';
export { type Sealed, seal } from './seal.ts';
export type { ChainHead, Sealable } from './sealed.ts';
export { type ChainReport, exportHead, verifyChain } from './verify.ts';
