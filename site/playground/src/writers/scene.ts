/** What a page shows of a world: both sides, the wire between them, and what became of each act of the phone. */
import { type CommandType, type DiscrepancyCase, discrepancies, type VisitEvent } from 'auxilio';
import { type ChainHead, exportHead } from 'auxilio/chain';
import type { ReplicaVisit } from 'auxilio/replica';
import type { CenterAct } from './acts.ts';
import type { Message, Trouble, Weather } from './network.ts';
import type { ClockQuestion, Refusal, World } from './world.ts';

/**
 * The fate of an act of the phone. `twin`: the center had recorded the same fact. `reported`: the rules refused it, and it waits to be
 * settled as a discrepancy; then it is `taken` on record or `left` out.
 */
type ActState = 'waiting' | 'recorded' | 'twin' | 'reported' | 'taken' | 'left';

export type ActFate = Readonly<{
  commandId: string;
  type: CommandType;
  at: string;
  state: ActState;
  /** The position in the log, from 1, of the event that has it. */
  position: number | null;
  /** The times that it was sent, and the times that it arrived. */
  sent: number;
  arrived: number;
  /** True if the phone knows it: the event that says so is there. */
  isKnown: boolean;
}>;

export type Scene = Readonly<{
  time: string;
  phoneTime: string;
  skewMinutes: number;
  weather: Weather;
  troubles: readonly Trouble[];
  phone: ReplicaVisit;
  suggested: CommandType | null;
  open: readonly CommandType[];
  log: readonly VisitEvent[];
  openAtCenter: readonly CenterAct[];
  messages: readonly Message[];
  underway: number;
  fates: readonly ActFate[];
  case: DiscrepancyCase;
  heads: Readonly<{ phone: ChainHead | null; center: ChainHead | null }>;
  question: ClockQuestion | null;
  refusal: Refusal | null;
}>;

export async function readScene(world: World): Promise<Scene> {
  const { network, state } = world;
  const [phone, log] = [await world.readPhone(), await world.server.readLog()];
  const { suggested, open } = world.offers(phone);
  return {
    time: world.now(),
    phoneTime: world.phoneNow(),
    skewMinutes: world.phoneClock.skewMinutes,
    weather: network.sky.weather,
    troubles: [...network.sky.troubles],
    phone,
    suggested,
    open,
    log,
    openAtCenter: world.openAtCenter(log),
    messages: [...network.messages],
    underway: network.underway(),
    fates: world.acts.map((command) => {
      const { commandId = '' } = command.metadata;
      const carriers = network.messages.filter(({ commandIds }) => commandIds.includes(commandId));
      const arrived = carriers.reduce((all, { arrivals }) => all + arrivals.length, 0);
      const { type, data } = command;
      const fate = findFate(log, commandId);
      const isKnown = fate.position !== null && fate.position <= phone.events.length;
      return { commandId, type, at: data.at, sent: carriers.length, arrived, isKnown, ...fate };
    }),
    case: discrepancies(log),
    heads: { phone: exportHead(phone.events), center: exportHead(log) },
    question: state.question,
    refusal: state.refusal,
  };
}

/** Reads from the log what became of an act. */
function findFate(log: readonly VisitEvent[], commandId: string): Pick<ActFate, 'state' | 'position'> {
  const place = log.findIndex(({ metadata }) => metadata?.commandId === commandId);
  if (place >= 0) return { state: 'recorded', position: place + 1 };
  for (const [index, event] of log.entries()) {
    if (event.type !== 'DiscrepancyReported') continue;
    const own = event.data.acts.findIndex((act) => act.commandId === commandId);
    const act = event.data.acts[own];
    if (act === undefined) continue;
    if (act.twinOf !== undefined) return { state: 'twin', position: act.twinOf };
    const { discrepancyId } = event.data;
    const settled = log.find((one) => one.type === 'DiscrepancySettled' && one.data.discrepancyId === discrepancyId);
    if (settled?.type !== 'DiscrepancySettled') return { state: 'reported', position: index + 1 };
    return { state: settled.data.taken.includes(own) ? 'taken' : 'left', position: log.indexOf(settled) + 1 };
  }
  return { state: 'waiting', position: null };
}
