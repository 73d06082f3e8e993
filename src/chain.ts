export type { ActKey, ActKeyPair, PublicActKey } from './chain/act-keys.ts';
export type { ChainHead, Sealable } from './chain/entries.ts';
export { type ReceiptOptions, receipt, type StandingFact } from './chain/receipt.ts';
export type {
  Receipt,
  ReceiptFact,
  ReceiptLine,
  ReceiptRefusal,
} from './chain/receipt-shape.ts';
export { type Sealed, seal } from './chain/seal.ts';
export { type SignOptions, signAct } from './chain/sign-act.ts';
export { type ChainReport, exportHead, verifyChain } from './chain/verify.ts';
export {
  type ActSignature,
  type DoorCheck,
  type SignatureReport,
  type SignatureStatus,
  verifyActs,
} from './chain/verify-acts.ts';
export {
  type ReceiptFault,
  type ReceiptFinding,
  type ReceiptReport,
  type VerifyReceiptOptions,
  verifyReceipt,
} from './chain/verify-receipt.ts';
export type { ChainFault } from './messages/index.ts';
