import fc from 'fast-check';
import type { EventStore } from '../../../stores/event-store.ts';

type Alike = (expected: unknown, actual: unknown, what: string) => void;

/** Any UTF-16 code unit: often a plain letter, now and then one of those that stores are known to change. */
const unit = () =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0x301, 0xd83d, 0xdd27, 0xfeff, 0x2028) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  );

function record(): fc.Arbitrary<object> {
  const text = fc.array(unit(), { maxLength: 12 }).map((units) => String.fromCharCode(...units));
  const digits = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);
  const date = fc.date({ noInvalidDate: true }).map((at) => at.toISOString());
  const values = [text, digits, date, fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)];
  return fc.object({ key: text, values, maxDepth: 3, maxKeys: 5 });
}

/** Appends generated batches, each to a stream of its own, and reads them. A failure is shrunk. */
export async function generated(store: EventStore, alike: Alike): Promise<void> {
  let streams = 0;
  const property = fc.asyncProperty(fc.array(record(), { minLength: 1, maxLength: 5 }), async (batch) => {
    streams += 1;
    const stream = `generated-${streams}`;
    const eventOf = (data: object, n: number) => ({
      type: 'Generated',
      data,
      metadata: { eventId: `${stream}-${n}`, copy: data },
    });
    await store.appendToStream(stream, batch.map(eventOf));
    const { events } = await store.readStream(stream);
    for (const [n, data] of batch.entries()) {
      const expected: unknown = JSON.parse(JSON.stringify(data));
      alike(expected, events[n]?.data, `the data of the event ${n} of ${batch.length}`);
      const { copy } = (events[n]?.metadata ?? {}) as { copy?: unknown };
      alike(expected, copy, 'the same in its metadata');
    }
  });
  await fc.assert(property, { seed: 20261125, numRuns: 40, includeErrorInReport: true });
}
