export type Sent = { readonly name: string; readonly data: unknown };

/** Reads server-sent events one after the other; `end` when there are no more. */
export function eventsOf({ body }: Response) {
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    async next(): Promise<Sent> {
      while (!text.includes('\n\n')) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (done) return { name: 'end', data: null };
        text += decoder.decode(value, { stream: true });
      }
      const event = text.slice(0, text.indexOf('\n\n'));
      text = text.slice(event.length + 2);
      return sentOf(event);
    },
    leave: () => reader.cancel(),
  };
}

function sentOf(event: string): Sent {
  if (event.startsWith(': ')) return { name: 'comment', data: event.slice(2) };
  const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
  return { name, data: JSON.parse(data) };
}
