import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright-core';
import { chromiumArguments, executablePath, patient } from './chromium.ts';
import { limits } from './limits.ts';

/** A Chromium with a profile on the disk, which can be killed as a power button would. */
export type ChromiumProcess = {
  readonly browser: Browser;
  /** Ends all of its processes by SIGKILL. */
  readonly kill: () => Promise<void>;
};

export async function startChromium(profile: string): Promise<ChromiumProcess> {
  const own = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  const child = spawn(executablePath, [...chromiumArguments, ...own], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  const kill = async () => {
    // Its processes are a group of their own.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
    await closed;
  };
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      const endpoint = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
      if (endpoint === undefined) continue;
      child.stderr.resume();
      const browser = await chromium.connectOverCDP(endpoint, { timeout: limits.waitMs });
      for (const context of browser.contexts()) patient(context);
      return { browser, kill };
    }
    throw new Error('Chromium ended before it could be reached');
  } catch (error) {
    await kill();
    throw error;
  }
}
