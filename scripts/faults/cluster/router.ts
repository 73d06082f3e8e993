/** An address that leads to the primary, as that of a proxy before a cluster: it decides as a connection begins. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

type Address = Readonly<{ host: string; port: number }>;

/** Starts a router, which ends with the process. */
export async function startRouter(primary: () => Address): Promise<Address> {
  const router = createServer((client) => {
    const { host, port } = primary();
    const server = connect(port, host);
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.pipe(server).pipe(client);
  });
  router.listen(0, '127.0.0.1');
  await once(router, 'listening');
  router.unref();
  const address = router.address();
  if (address === null || typeof address === 'string') throw new Error('The router has no port');
  return { host: '127.0.0.1', port: address.port };
}
