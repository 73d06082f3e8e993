import { createHash } from 'node:crypto';
import {
  type Actor,
  type AnnullableEvent,
  type AttestedFact,
  type Client,
  type CommandType,
  type Contact,
  type Creators,
  commands,
  type Id,
  type Instant,
  type Photo,
  type Position,
  type Provider,
  type RuleId,
  type VisitCommand,
} from 'auxilio';
import { sharp, type Time, within } from './time.ts';

/** The providers of the day. All invented. */
export const providers = {
  minor: { id: 'prov-003', name: 'Minor Villalobos Arce', title: 'don' },
  yendry: { id: 'prov-007', name: 'Yendry Chaves Mora', title: 'doña' },
  olman: { id: 'prov-011', name: 'Olman Segura Picado', title: 'don' },
  gerardo: { id: 'prov-014', name: 'Gerardo Ureña Solís', title: 'don' },
  kattia: { id: 'prov-018', name: 'Kattia Zúñiga Rojas', title: 'doña' },
  esteban: { id: 'prov-021', name: 'Esteban Quirós Alfaro', title: 'don' },
  wilber: { id: 'prov-025', name: 'Wílber Obando Matarrita', title: 'don' },
  delroy: { id: 'prov-027', name: 'Delroy Campbell Brown', title: 'don' },
  marisela: { id: 'prov-030', name: 'Marisela Jiménez Conejo', title: 'doña' },
  randall: { id: 'prov-033', name: 'Randall Espinoza Vega', title: 'don' },
  jafet: { id: 'prov-036', name: 'Jafet Selles Morales', title: 'don' },
  carlos: { id: 'prov-040', name: 'Carlos Luis Badilla Fallas', title: 'don' },
  lidieth: { id: 'prov-044', name: 'Lidieth Rojas Huertas', title: 'doña' },
  denis: { id: 'prov-047', name: 'Denis Gutiérrez Rosales', title: 'don' },
  wendy: { id: 'prov-049', name: 'Wendy Contreras Obregón', title: 'doña' },
  ronald: { id: 'prov-052', name: 'Ronald Mesén Agüero', title: 'don' },
} as const satisfies Record<string, Provider>;

/** The operators of the contact center on duty that day. */
type OperatorId = 'op-01' | 'op-02' | 'op-03' | 'op-04' | 'op-05' | 'op-06';

const asProvider = ({ id }: Provider): Actor => ({ role: 'provider', id });

const asClient = (visitId: Id): Actor => ({ role: 'client', id: visitId.replace('v-2026', 'cli') });

export const asOperator = (id: OperatorId): Actor => ({ role: 'contact-center', id });

/** The expected result of an act. */
type Outcome =
  | { readonly kind: 'accepted'; readonly sentAgainAfter: readonly number[] }
  /** Exactly these rules refuse it. */
  | { readonly kind: 'refused'; readonly by: readonly RuleId[] }
  /** The line arrives broken; the phone sends it whole some minutes later, and then it is accepted. */
  | { readonly kind: 'cut'; readonly wholeAfter: number }
  /** The line has a field that no message has. */
  | { readonly kind: 'unreadable'; readonly field: string; readonly value: string }
  /** It has the command id of the act before it, by mistake. */
  | { readonly kind: 'reused' };

/** The time of the last act of that type before it in the story. */
type Earlier = (type: CommandType) => Instant;

/** One act of a story, at a local time. */
export type Act = {
  readonly time: Time;
  readonly make: (at: Instant, commandId: Id, earlier: Earlier) => VisitCommand;
  readonly outcome: Outcome;
};

/** A visit from its assignment on: its acts, in any order; those of the same minute in the order in which they stand. */
export type Story = {
  readonly visitId: Id;
  readonly acts: readonly Act[];
  /** The acts that were recorded without a signal, which come in as one batch after the day. */
  readonly offline: readonly Act[];
  readonly settlement: Settlement | null;
  /** The acts after the settlement. */
  readonly afterwards: readonly Act[];
};

/** The settlement of what came in: which of the reported acts are taken, and why. */
type Settlement = {
  readonly time: Time;
  readonly operator: OperatorId;
  readonly taken: 'all' | 'none';
  readonly text: string;
};

type Name = keyof Creators;
type DataOf<N extends Name> = Omit<Parameters<Creators[N]>[0], 'visitId' | 'at'>;
/** The data of an act, which may be left out where the act needs none. */
type Given<N extends Name> = Record<never, never> extends DataOf<N> ? [data?: DataOf<N>] : [data: DataOf<N>];

type Recorder = <N extends Name>(time: Time, name: N, ...given: Given<N>) => Act;

/** The data of a visit at its assignment. */
export type Setup = {
  readonly caseNumber: string;
  readonly client: Client;
  readonly provider: Provider;
  readonly operator: OperatorId;
  readonly service: string;
  readonly place: string;
  readonly position?: Position;
  readonly arriveBy: Time;
  readonly instructions?: string;
  readonly requiredShots?: readonly string[];
  readonly tools: readonly string[];
};

/** A visit and those who record its acts. */
export type Visit = Setup & {
  readonly visitId: Id;
  /** The assigned provider records it. */
  readonly p: Recorder;
  /** The operator records it. */
  readonly c: Recorder;
  /** The client's own app records it. */
  readonly k: Recorder;
  /** A contact with the center, within that minute. */
  readonly contact: (time: Time) => Contact;
  /** The photographs of a series, `1` the first of the visit, all taken within that minute. */
  readonly photos: (time: Time, first: number, shots: readonly string[]) => Photo[];
  readonly photoIds: (...numbers: readonly number[]) => Id[];
  /** The same visit with another provider, or another service. */
  readonly with: (change: Partial<Pick<Setup, 'provider' | 'service' | 'operator' | 'tools'>>) => Visit;
};

/** Begins a story: `number` is the visit's number of the day, `01`. */
export function visit(number: string, setup: Setup): Visit {
  const visitId = `v-2026-0317-${number}`;
  const photoId = (count: number) => `foto-0317-${number}-${String(count).padStart(2, '0')}`;
  const recorder =
    (actor: Actor): Recorder =>
    (time, name, ...[data]) => ({ time, make: maker(visitId, name, actor, data), outcome: accepted });
  return {
    ...setup,
    visitId,
    p: recorder(asProvider(setup.provider)),
    c: recorder(asOperator(setup.operator)),
    k: recorder(asClient(visitId)),
    contact: (time) => ({ at: within(time, visitId), operatorId: setup.operator }),
    photos: (time, first, shots) =>
      shots.map((shot, index) => ({
        photoId: photoId(first + index),
        sha256: createHash('sha256')
          .update(photoId(first + index))
          .digest('hex'),
        takenAt: within(time, `photo ${index}`),
        mediaType: 'image/jpeg',
        shot,
      })),
    photoIds: (...numbers) => numbers.map(photoId),
    with: (change) => visit(number, { ...setup, ...change }),
  };
}

function maker<N extends Name>(visitId: Id, name: N, actor: Actor, data: DataOf<N> | undefined): Act['make'] {
  const create = commands[name] as (data: object, actor: Actor, commandId: Id) => VisitCommand;
  return (at, commandId) => create({ visitId, at, ...data }, actor, commandId);
}

const accepted: Outcome = { kind: 'accepted', sentAgainAfter: [] };

/** The story of a visit: acts, and stretches of them. */
export function story({ visitId }: Visit, ...parts: readonly (Part | LaterPart)[]): Story {
  const later = Object.assign({}, ...parts.filter((part) => 'part' in part).map(({ part }) => part));
  const acts = parts.filter((part): part is Part => !('part' in part)).flat();
  return { visitId, acts, offline: [], settlement: null, afterwards: [], ...later };
}

type Part = Act | readonly Act[];
type LaterPart = { readonly part: Partial<Pick<Story, 'offline' | 'settlement' | 'afterwards'>> };

/** The acts are recorded without a signal. */
export const offline = (...acts: readonly Part[]): LaterPart => ({ part: { offline: acts.flat() } });

/** The operator settles what came in. */
export const settled = ({ operator }: Visit, time: Time, taken: Settlement['taken'], text: string): LaterPart => ({
  part: { settlement: { time, operator, taken, text } },
});

/** The acts come after the settlement. */
export const afterwards = (...acts: readonly Part[]): LaterPart => ({ part: { afterwards: acts.flat() } });

/** The act is refused, by exactly these rules. */
export function refused(act: Act, ...by: readonly RuleId[]): Act {
  return { ...act, outcome: { kind: 'refused', by } };
}

/** The act is accepted, and the phone sends it again after so many minutes, each time the same. */
export function sentAgain(act: Act, ...sentAgainAfter: readonly number[]): Act {
  return { ...act, outcome: { kind: 'accepted', sentAgainAfter } };
}

/** The line breaks off in the middle, and is sent whole after so many minutes. */
export function cutShort(act: Act, wholeAfter: number): Act {
  return { ...act, outcome: { kind: 'cut', wholeAfter } };
}

/** The data have a field too many. */
export function withUnknownField(act: Act, field: string, value: string): Act {
  return { ...act, outcome: { kind: 'unreadable', field, value } };
}

/** The act has the command id of the act before it. */
export function withIdOfTheActBefore(act: Act): Act {
  return { ...act, outcome: { kind: 'reused' } };
}

/** The operator annuls what was recorded by mistake. */
export const annulled = ({ visitId, operator }: Visit, time: Time, act: AnnullableEvent, reason: string): Act => ({
  time,
  outcome: accepted,
  make: (at, commandId, earlier) => {
    const recorded = earlier(commandOf[act]);
    return commands.annulAct({ visitId, at, act, recorded, reason }, asOperator(operator), commandId);
  },
});

const commandOf = {
  ProviderArrived: 'RecordArrival',
  WorkStarted: 'StartWork',
  Completed: 'CompleteVisit',
  VisitClosed: 'CloseVisit',
} as const satisfies Record<AnnullableEvent, CommandType>;

/** The operator corrects the time of the start. */
export const startCorrected = ({ visitId, operator }: Visit, time: Time, to: Time, reason: string): Act => ({
  time,
  outcome: accepted,
  make: (at, commandId, earlier) => {
    const data = { visitId, at, what: 'start', recorded: earlier('StartWork'), corrected: sharp(to), reason } as const;
    return commands.correctTime(data, asOperator(operator), commandId);
  },
});

/** The client's own app gives their word on the last act of a type: yes, or no and what happened. */
export const attested = (
  { visitId }: Visit,
  time: Time,
  ...words: readonly (readonly [AttestedFact, CommandType, denied?: string])[]
): Act => ({
  time,
  outcome: accepted,
  make: (at, commandId, earlier) => {
    const facts = words.map(([fact, type, what]) => ({
      fact,
      recorded: earlier(type),
      agrees: what === undefined,
      ...(what !== undefined && { what }),
    }));
    return commands.attestFacts({ visitId, at, facts }, asClient(visitId), commandId);
  },
});

/** The promised time of arrival. */
export const promised = (time: Time): Instant => sharp(time);
