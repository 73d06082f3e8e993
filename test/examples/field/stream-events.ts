export type StreamEvent = Readonly<{ id: string; name: string; data: Record<string, unknown> }>;

/** Reads the events of `/api/stream` one after the other; null at its end. Heartbeats are left out. */
export function streamOf({ body }: Response) {
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  async function next(): Promise<StreamEvent | null> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const [, id = '', name = '', data = ''] =
          /^(?:retry: \d+\n)?id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (name !== '' && name !== 'beat') return { id, name, data: JSON.parse(data) };
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
  }
  return { next, leave: () => reader.cancel() };
}
