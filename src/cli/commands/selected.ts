import type { LineFinding, VisitAudit } from '../../logs/index.ts';
import type { Policy } from '../../visit/index.ts';
import { type Context, complain } from '../context.ts';
import { Failure } from '../failure.ts';
import { isEncoding } from '../findings.ts';
import { mappingAt, policyAt, sourceAt } from '../inputs.ts';
import { type Reading, visitsOf } from '../visits.ts';

/** The options of the commands that read visits. */
export type VisitOptions = { readonly map?: string; readonly policy?: string; readonly visit?: string };

/** A source whose visits are asked for, and the policy that judges them. */
export type Selected = {
  readonly visits: AsyncIterable<VisitAudit>;
  readonly policy: Policy | undefined;
  /** The source is a sheet: its places are rows. */
  readonly isSheet: boolean;
};

/** The visits of a file that are asked for: all of them, or the one that is named. */
export async function selectedIn(
  file: string | undefined,
  options: VisitOptions,
  extras: Pick<Reading, 'dossier' | 'events'>,
  context: Context,
): Promise<Selected> {
  const mapping = await mappingAt(options.map, context);
  const policy = await policyAt(options.policy, context);
  const source = await sourceAt(file, context);
  const reading: Reading = { ...extras, ...(mapping && { mapping }), ...(policy && { policy }) };
  const visits = selected(
    visitsOf(source, reading, context),
    source.name,
    options.visit,
    mapping === undefined,
    context,
  );
  return { visits, policy, isSheet: mapping !== undefined };
}

async function* selected(
  visits: AsyncIterable<VisitAudit>,
  name: string,
  wanted: string | undefined,
  isLog: boolean,
  context: Context,
): AsyncGenerator<VisitAudit> {
  let found = 0;
  let isGarbled = false;
  for await (const visit of visits) {
    const garbled: LineFinding | undefined = isGarbled ? undefined : visit.audit.findings.find(isEncoding);
    if (garbled !== undefined) await complain(context, [context.words.failures.notUtf8(name, garbled.line)]);
    isGarbled ||= garbled !== undefined;
    if (visit.visitId === null || (wanted !== undefined && visit.visitId !== wanted)) continue;
    found += 1;
    yield visit;
  }
  if (found > 0) return;
  throw new Failure(({ failures }) => {
    if (wanted !== undefined) return failures.noSuchVisit(wanted);
    return [failures.nothingReadable(name), ...(isLog ? [failures.maybeSheet] : [])];
  });
}
