import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';

/** The message of `main.ts`. */
export type Found = {
  readonly answered: unknown;
  readonly mode: string;
  /** The violations of the content security policy that the page received. */
  readonly barred: readonly string[];
  readonly evaluates: boolean;
};

/** Loads a script in a page, under a content security policy or none, and waits for what it sends. */
export async function foundBy(script: string, browser: Browser, policy?: string): Promise<Found> {
  const server = createServer();
  const sent = new Promise<Found>((resolve, reject) => {
    server.on('request', (request, response) => {
      serve(script, policy, request, response).then((body) => body !== undefined && resolve(JSON.parse(body)), reject);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  try {
    const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
    const { port } = server.address() as AddressInfo;
    const [found] = await Promise.all([Promise.race([sent, failed]), page.goto(`http://127.0.0.1:${port}/`)]);
    if ('failed' in found) throw new Error(`in the page: ${found.failed}`);
    return found;
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/** Answers a request of the page; the body of what it sends, if it is that. */
async function serve(
  script: string,
  policy: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | undefined> {
  const body = request.method === 'POST' ? await text(request) : undefined;
  const isScript = request.url === '/main.js';
  response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
  if (policy !== undefined) response.setHeader('content-security-policy', policy);
  response.end(
    isScript ? script : '<!doctype html><title>auxilio</title><script type="module" src="/main.js"></script>',
  );
  return body;
}
