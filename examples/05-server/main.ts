/**
 * A server: visits over HTTP, in Hono on Node. Run: `npx tsx examples/05-server/main.ts --help`
 */
import { randomUUID } from 'node:crypto';
import { demo } from './demo.ts';
import { type Options, optionsOf } from './options.ts';
import { startServer } from './server.ts';
import { tokenOf } from './token.ts';

async function run(options: Options): Promise<void> {
  const secret = process.env.AUXILIO_SECRET ?? randomUUID();
  const server = await startServer({ ...options, secret, onFailure: (error) => console.error(error) });
  if (options.demo) {
    await demo(server.url, secret).finally(server.close);
    return;
  }
  console.log(`Escucha en ${server.url}; Ctrl-C termina. Tokens para una hora:`);
  console.log(`operador:  ${await tokenOf({ role: 'operator', sub: 'op-03' }, secret)}`);
  console.log(`proveedor: ${await tokenOf({ role: 'provider', sub: 'prov-014' }, secret)}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, server.close);
}

const asked = optionsOf(process.argv.slice(2));
if ('refused' in asked) {
  console.error(asked.refused);
  process.exitCode = 2;
} else if ('help' in asked) {
  console.log(asked.help);
} else {
  await run(asked.options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
