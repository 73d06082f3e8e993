/** The BroadcastChannel of the tabs of one device: a message arrives in the others a little later, as one task each. */
import { currentNode, type WorldNode } from './scheduler.ts';
import type { World } from './world.ts';

const MESSAGE_MS = [2, 40, 900] as const;

export function createChannels({ scheduler, tape }: World) {
  const open = new Set<{ key: string; node: WorldNode; channel: { onmessage: unknown } }>();

  return class {
    onmessage: unknown = null;
    private readonly own;

    constructor(name: string) {
      const node = currentNode() as WorldNode;
      this.own = { key: `${node.name.split('/')[0]} ${name}`, node, channel: this };
      open.add(this.own);
    }

    postMessage(data: unknown): void {
      for (const { key, node, channel } of open) {
        if (!node.alive || key !== this.own.key || channel === this) continue;
        const inMs = MESSAGE_MS[tape.choose('message', node.name, MESSAGE_MS.length, 0.1)] as number;
        scheduler.plan(node, inMs, () =>
          (channel.onmessage as ((event: { data: unknown }) => void) | null)?.({ data }),
        );
      }
    }

    close(): void {
      open.delete(this.own);
    }
  };
}
