import type { ReceiptFault, SignatureStatus } from '../../chain.ts';
import { inEnglish } from '../../words/nouns.ts';

const { count, number } = inEnglish;

/** The words on a receipt, of the command line and the playground. */
export const receiptEn = {
  sound: (withLog: boolean): string =>
    withLog ? 'The receipt is sound, and the log still says so' : 'The receipt is sound by itself',
  unsound: (faults: number) => `The receipt does not hold: ${count(faults, 'finding')}`,
  line: (version: number) => `act ${number(version)}`,
  key: (kid: string) => `key of the client's device: ${kid}`,
  alone: 'Without --log: what the receipt leaves out was not compared with the log.',
  faults: {
    order: 'is missing, comes twice, or does not follow the one before it',
    head: 'is not that of the last line',
    changed: 'was changed, or is of another visit',
    signature: 'has a signature that does not prove whose word it is',
    word: 'the lines do not say that, or do not show whose word it is',
    key: 'are not those that signed the lines',
    log: 'the log has another act there, or none',
    withheld: 'the log says otherwise, or the receipt leaves out what the client said',
  } satisfies Readonly<Record<ReceiptFault, string>>,
  atDoor: 'the service says so, which verified it when it came',
  statuses: {
    valid: "the client's word, signed by their device",
    unsigned: "the client's word, not signed",
    malformed: 'its signature cannot be read',
    'unknown-key': 'signed by a key that is not in the receipt',
    'other-owner': 'signed by the key of another person',
    invalid: 'its signature is of something else',
    'other-log': 'signed on another log',
  } satisfies Readonly<Record<SignatureStatus, string>>,
};

export type ReceiptWords = typeof receiptEn;
