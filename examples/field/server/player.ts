import type { VisitCommand } from 'auxilio';
import { offlineMix, type SimulatedRequest, type SimulatedVisit, simulate } from 'auxilio/testing';
import { demoUsers } from './demo.ts';
import type { Field } from './field.ts';

import { type Casting, providersIn, recast } from './play-times.ts';

/** The part of the host that a player needs. */
type Played = Pick<Field, 'service' | 'policy' | 'now' | 'closing' | 'onFailure'>;

/** A morning to play: so many visits within so many hours, which pass so many times as fast as real ones. */
export type Morning = Readonly<{ visits: number; seed: number; hours: number; speed: number }>;

/** The state of the player. */
type Playing = Readonly<{ morning: Morning | null; sent: number; refused: number; of: number }>;

/** Plays mornings of simulated visits into the screens, one at a time. */
export interface Player {
  start(morning: Morning): boolean;
  stop(): void;
  state(): Playing;
  /** Resolves when the morning that is played has ended. */
  readonly ended: Promise<void>;
}

type Timed = Readonly<{ at: number; visitId: string; request: SimulatedRequest }>;

const HOUR_MS = 3_600_000;
const providers = demoUsers.filter(({ role }) => role === 'provider');

export function createPlayer(field: Played, wait: (ms: number, signal: AbortSignal) => Promise<void> = pause): Player {
  let state: Playing = { morning: null, sent: 0, refused: 0, of: 0 };
  let stopping = new AbortController();
  let ended = Promise.resolve();

  async function play(morning: Morning, signal: AbortSignal): Promise<void> {
    const startedAt = Date.parse(field.now());
    const beginsAt = startedAt - morning.hours * HOUR_MS * (1 - 1 / morning.speed);
    const requests = schedule(morning, beginsAt);
    state = { morning, sent: 0, refused: 0, of: requests.length };
    for (const { at, visitId, request } of requests) {
      const dueMs = startedAt + (at - beginsAt) / morning.speed - Date.parse(field.now());
      if (dueMs > 0) await wait(dueMs, signal);
      if (signal.aborted) return;
      const isTaken = await carriedOut(field, visitId, request);
      state = { ...state, sent: state.sent + 1, refused: state.refused + (isTaken ? 0 : 1) };
    }
  }

  return {
    get ended() {
      return ended;
    },
    state: () => state,
    stop: () => stopping.abort(),
    start(morning) {
      if (state.morning !== null) return false;
      stopping = new AbortController();
      state = { morning, sent: 0, refused: 0, of: 0 };
      const signal = AbortSignal.any([stopping.signal, field.closing]);
      ended = play(morning, signal)
        .catch(field.onFailure)
        .finally(() => {
          state = { ...state, morning: null };
        });
      return true;
    },
  };
}

/** The requests of a morning in the order of their times; those after its end are left out, so that visits stay open. */
export function schedule({ visits, seed, hours }: Morning, beginsAt: number): readonly Timed[] {
  const requests: Timed[] = [];
  let index = 0;
  for (const visit of simulate({ visits, seed, mix: { ...offlineMix, offline: 0.5 } })) {
    // They begin one after the other in the first two thirds.
    const laterMs = beginsAt + (index / visits) * hours * HOUR_MS * 0.66 - firstOf(visit);
    requests.push(...timed(visit, castingOf(visit, index, laterMs, beginsAt)));
    index += 1;
  }
  return requests.filter(({ at }) => at <= beginsAt + hours * HOUR_MS).sort((one, other) => one.at - other.at);
}

const firstOf = ({ commands }: SimulatedVisit) => Date.parse(commands[0]?.data.at ?? '');

/** The ids of a visit in the demo: its own, and the people of the demo as its providers. */
function castingOf({ visitId, commands }: SimulatedVisit, index: number, laterMs: number, beginsAt: number): Casting {
  const people = new Map<string, object>();
  const ids = new Map([[visitId, `play-${beginsAt}-${index + 1}`]]);
  for (const [place, { id, name }] of providersIn(commands).entries()) {
    const user = providers[(index + place) % providers.length];
    if (user === undefined) continue;
    ids.set(id, user.actorId);
    ids.set(name, user.name);
    people.set(id, { id: user.actorId, name: user.name });
  }
  for (const { metadata } of commands) {
    const { commandId } = metadata;
    if (commandId !== undefined) ids.set(commandId, `${beginsAt}-${index}-${commandId}`);
  }
  return { laterMs, ids, people };
}

/** A request is sent when the last of its acts is done, and never before the one before it. */
function timed({ requests, visitId }: SimulatedVisit, casting: Casting): readonly Timed[] {
  let at = 0;
  return requests.map((given) => {
    const request = recast(given, casting);
    const acts = request.kind === 'batch' ? request.commands : [request.command];
    at = Math.max(at, ...acts.map(({ data }) => Date.parse(data.at)));
    return { at, visitId: casting.ids.get(visitId) ?? visitId, request };
  });
}

async function carriedOut(field: Played, visitId: string, request: SimulatedRequest): Promise<boolean> {
  const { service } = field;
  if (request.kind === 'command') return (await service.handle(underPolicy(field, request.command))).ok;
  if (request.kind === 'settlement') return (await service.settle(request.command)).ok;
  const { basedOn, commands } = request;
  const sender = commands[0]?.metadata.actor;
  if (sender === undefined) return false;
  const { outcomes } = await service.sync({ visitId, basedOn, commands }, sender);
  return outcomes.every(({ outcome }) => outcome !== 'refused');
}

/** An assignment says which policy judges the visit. */
function underPolicy({ policy }: Played, command: VisitCommand): VisitCommand {
  if (command.type !== 'AssignVisit' || policy?.id === undefined) return command;
  return { ...command, data: { ...command.data, policyId: policy.id } };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
