/** Personal texts under keys: the log has tokens, and texts are opened only to be shown. */
import type { Id, VisitEvent } from 'auxilio';
import type { KeyStore, Privacy, SubjectsOf, WrappingKeys } from 'auxilio/privacy';
import type { VisitService } from 'auxilio/service';

/** The keys of the personal texts, and those by which they are wrapped. */
export type FieldKeys = Readonly<{ keys: KeyStore; wrapping: WrappingKeys }>;

/** The service with texts in its answers. It judges and stores tokens alone. */
export function openAnswers(service: VisitService, privacy: Privacy): VisitService {
  async function open<Answer extends object>(visitId: Id, answer: Answer): Promise<Answer> {
    if ('error' in answer) return answer;
    const { events = [], ...others } = answer as { events?: readonly VisitEvent[] };
    const [opened, [shown]] = await Promise.all([privacy.open(events), privacy.openRows([others], () => visitId)]);
    return Object.assign(answer, shown, 'events' in answer && { events: opened.events });
  }
  return {
    handle: async (command, options) => open(command.data.visitId, await service.handle(command, options)),
    settle: async (command, options) => open(command.data.visitId, await service.settle(command, options)),
    record: async (fact, recorder) => open(fact.data.visitId, await service.record(fact, recorder)),
    sync: async (request, sender, options) => open(request.visitId, await service.sync(request, sender, options)),
    async handleBatch(commands, options) {
      const answers = await service.handleBatch(commands, options);
      return Promise.all(answers.map((answer, index) => open(commands[index]?.data.visitId ?? '', answer)));
    },
    async load(visitId, options) {
      const loaded = await service.load(visitId, options);
      const { events, restore } = await privacy.open(loaded.events);
      return Object.assign(loaded, { events, state: restore(loaded.state) });
    },
  };
}

/** Names the client of a visit by the number of the case: all visits of a case are of one client. */
export const nameClient: SubjectsOf = ({ data }) =>
  'caseNumber' in data && data.caseNumber ? [{ subject: 'client', person: data.caseNumber }] : [];

/** Opens rows of visits. */
export const openRowsOf = <Row extends Readonly<{ visitId: Id | null }>>(privacy: Privacy, rows: readonly Row[]) =>
  privacy.openRows(rows, ({ visitId }) => visitId ?? '');

/** Opens the rows of a read model, each once in every version of its visit. */
export function rowOpener<Row extends Readonly<{ visitId: Id | null; version?: number }>>(privacy: Privacy) {
  let known = new Map<string, Row>();
  let forgotten = 0;
  const keyOf = ({ visitId, version }: Row) => `${visitId} ${version}`;
  return {
    async open(rows: readonly Row[]): Promise<readonly Row[]> {
      const before = forgotten;
      const isNew = rows.filter((row) => !known.has(keyOf(row)));
      const opened = await openRowsOf(privacy, isNew);
      const all = new Map([...known, ...opened.map((row) => [keyOf(row), row] as const)]);
      const texts = new Map(rows.map((row) => [keyOf(row), all.get(keyOf(row)) ?? row]));
      if (before === forgotten) known = texts;
      return rows.map((row) => texts.get(keyOf(row)) ?? row);
    },
    forget() {
      forgotten += 1;
      known.clear();
    },
  };
}
