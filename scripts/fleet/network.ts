import { setTimeout as pause } from 'node:timers/promises';
import { PASSWORD } from './settings.ts';

/** The network of one phone: switched off and on; now and then an answer is lost. */
export interface Network {
  readonly fetch: typeof fetch;
  isOn: boolean;
  readonly lost: number;
}

export function networkOf(random: () => number, lossRate: number): Network {
  let lost = 0;
  const network = {
    isOn: true,
    get lost() {
      return lost;
    },
    async fetch(input: Parameters<typeof fetch>[0], init?: RequestInit) {
      if (!network.isOn) throw new TypeError('No signal');
      const response = await fetch(input, init);
      if (network.isOn && random() >= lossRate) return response;
      lost += 1;
      await response.body?.cancel();
      throw new TypeError('The answer was lost');
    },
  };
  return network;
}

/** Logs in, whatever the server does meanwhile; answers the cookie. */
export async function logIn(url: string, login: string): Promise<string> {
  const init = {
    method: 'POST',
    headers: { 'x-field': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD, device: `${login}-phone` }),
  };
  for (;;) {
    const response = await fetch(`${url}/api/session`, init).catch(() => null);
    if (response?.ok) return response.headers.get('set-cookie')?.split(';')[0] ?? '';
    await response?.body?.cancel();
    await pause(500);
  }
}
