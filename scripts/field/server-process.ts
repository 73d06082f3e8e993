/** The process of a server that is killed. */
import { startFieldServer } from '../../examples/field/server/server.ts';

export type FromServer = Readonly<{ url: string } | { failure: string }>;

const say = (message: FromServer) => process.send?.(message);

process.on('disconnect', () => process.exit());
const { url } = await startFieldServer({
  ...JSON.parse(process.argv[2] ?? '{}'),
  isDemo: true,
  onFailure: (error) => say({ failure: String(error) }),
});
say({ url });
