/** An address that leads to the primary, as that of a proxy before a cluster: it decides as a connection begins. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Router = Readonly<{ host: string; port: number; close(): void }>;

export async function startRouter(primary: () => Readonly<{ host: string; port: number }>): Promise<Router> {
  const open = new Set<Socket>();
  const router = createServer((client) => {
    const { host, port } = primary();
    const server = connect(port, host);
    for (const socket of [client, server]) {
      open.add(socket);
      const end = () => {
        client.destroy();
        server.destroy();
        open.delete(socket);
      };
      socket.on('error', end).on('close', end);
    }
    client.pipe(server).pipe(client);
  });
  router.listen(0, '127.0.0.1');
  await once(router, 'listening');
  const address = router.address();
  if (address === null || typeof address === 'string') throw new Error('The router has no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    close() {
      for (const socket of open) socket.destroy();
      router.close();
    },
  };
}
