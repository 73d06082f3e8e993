import dns from 'node:dns';
import { onTestFinished, vi } from 'vitest';

/** Has names lead to addresses until the test is over, each time it is looked up to the one that it has by then. */
export function stubNames(addresses: Readonly<Record<string, () => string>>): void {
  const real = dns.lookup;
  const lookup = (name: string, options: dns.LookupOptions, callback: (...answer: unknown[]) => void) => {
    const address = addresses[name]?.();
    if (address === undefined) return real(name, options, callback as never);
    const answer = options.all ? [[{ address, family: 4 }]] : [address, 4];
    setImmediate(() => callback(null, ...answer));
  };
  const stub = vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
  onTestFinished(() => stub.mockRestore());
}
