import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { createTurns } from './turns.ts';

/** A password as it is kept: its scrypt hash, the salt, and the cost, so that a later release can raise it. */
export type PasswordHash = Readonly<{ hash: string; salt: string; cost: number }>;

const COST = 2 ** 15;
const LENGTH = 32;

/** Each takes 32 MB. */
const inTurn = createTurns(2);

export async function hashPassword(password: string, cost = COST): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await hashOf(password, salt, cost);
  return { hash: hash.toString('base64url'), salt: salt.toString('base64url'), cost };
}

/** True if it is the password; takes as long where there is no user of that name. */
export async function isPassword(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const { hash, salt, cost } = kept ?? nobody;
  const found = await hashOf(password, Buffer.from(salt, 'base64url'), cost);
  const expected = Buffer.from(hash, 'base64url');
  return found.length === expected.length && timingSafeEqual(found, expected) && kept !== undefined;
}

const nobody: PasswordHash = {
  hash: randomBytes(LENGTH).toString('base64url'),
  salt: randomBytes(16).toString('base64url'),
  cost: COST,
};

function hashOf(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options = { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 };
  const hash = (resolve: (key: Buffer) => void, reject: (error: Error) => void) =>
    scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) => (error ? reject(error) : resolve(key)));
  return inTurn(() => new Promise(hash));
}
