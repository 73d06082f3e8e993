import { notice, t } from './app.ts';

/** Keeps what the client says, and then goes on; says so where this device has not kept it. */
export async function keepSaying(speak: () => Promise<void>, then: () => void): Promise<void> {
  try {
    await speak();
    notice.value = null;
    then();
  } catch (error) {
    console.error(error);
    notice.value = t().notKept;
  }
}
