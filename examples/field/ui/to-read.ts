/** The instructions of the center that a person has to read, as the server and both screens know them. */
import type { Id, VisitEvent } from 'auxilio';

const stops = ['cancel', 'reschedule', 'reassign', 'wait'] as const;

/** The decision of an instruction; `taken`: another provider has the visit. */
export type Stop = (typeof stops)[number] | 'taken';

/** An instruction that stops a provider, or takes the visit from them. `position`: the number of events up to it. */
export type ToRead = Readonly<{ position: number; event: VisitEvent; stop: Stop; providerId: Id }>;

const stopIn = ({ type, data }: VisitEvent): Stop | undefined =>
  type === 'InstructionGiven' ? stops.find((stop) => stop === data.decision) : undefined;

/** The instructions of a log that have to be read, each by the provider who had the visit when it was given. */
export function instructionsToRead(events: readonly VisitEvent[]): readonly ToRead[] {
  let current: Id | undefined;
  return events.flatMap((event, index): readonly ToRead[] => {
    const providerId = current;
    if (event.type === 'ProviderReassigned') current = event.data.provider.id;
    else if (event.type === 'VisitAssigned') current ??= event.data.provider.id;
    const stop = providerId === current ? stopIn(event) : 'taken';
    return providerId === undefined || stop === undefined ? [] : [{ position: index + 1, event, stop, providerId }];
  });
}
