import type { Facts } from '../../kernel/decision.ts';
import { explainPast } from '../../locale/explain.ts';
import { requirementName } from '../../locale/index.ts';
import { type Finding, makesUnclean } from '../../reading/judging/finding.ts';
import { asArray } from '../../util/json.ts';
import { defaultPolicy, isWaivable } from '../../visit/index.ts';
import { cleanText, cleanTexts, lookup } from '../../words/text.ts';
import { formatSigned, parseTime } from '../clock.ts';
import type { IconName, Tone } from '../components.ts';
import type { Context } from '../context.ts';
import { html, type Part } from '../html.ts';

/** A finding in words; that of a rule in the past tense, since its act is over. Plain text. */
export function describeFinding(context: Context, finding: Finding): string {
  const { words } = context;
  const { kind, rule, facts } = finding;
  switch (kind) {
    case 'violation':
      return rule === 'as-decided'
        ? words.findings.asDecided(differencesIn(context, facts.fields))
        : explainPast(finding, words.locale);
    case 'measure':
      return measured(context, facts);
    case 'deviation':
      return 'settledAt' in facts ? taken(context, finding) : deviation(context, rule, facts);
    case 'correction':
      return correction(context, facts);
    case 'late':
    case 'other-visit':
    case 'unknown-event':
    case 'unreadable':
    case 'chain':
    case 'id-reused':
    case 'repeated':
    case 'signature':
      return words.kinds[kind]({
        type: cleanText(facts.type),
        visit: cleanText(facts.visitId),
        fault: lookup(words.faults, facts.fault, cleanText(facts.fault)),
        id: cleanText(facts.eventId) || cleanText(facts.commandId),
        problem: unreadableReason(facts),
      });
  }
}

type Told = Readonly<{ finding: Finding; said: string; count: number }>;

/** Describes findings, and merges equal ones of one act, such as those of photographs that were sent together. */
export function groupEqual(context: Context, findings: readonly Finding[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const finding of findings) {
    const said = describeFinding(context, finding);
    const key = `${finding.index} ${finding.kind} ${finding.clause} ${said}`;
    told.set(key, { finding, said, count: (told.get(key)?.count ?? 0) + 1 });
  }
  return [...told.values()];
}

/** The number of equal things, beyond one. */
export const times = (count: number): Part => count > 1 && html` <span class="m">× ${count}</span>`;

/** The rule that an act broke which a settlement took. */
function taken({ words, clock }: Context, finding: Finding): string {
  const { settledAt, discrepancyId } = finding.facts;
  const rule = explainPast(finding, words.locale);
  return words.findings.taken(rule, cleanText(discrepancyId), clock.short(parseTime(settledAt)));
}

/** The change that a correction made, with the reason. */
function correction({ words, clock }: Context, facts: Facts): string {
  const { findings, codes } = words;
  const { kind, act, what, first, recorded, now, discrepancyId } = facts;
  const reason = cleanText(facts.reason).replace(/\.$/, '');
  const time = (value: unknown) => clock.short(parseTime(value));
  if (kind === 'annulled') return findings.annulled(lookup(codes.annulled, act, cleanText(act)), time(first), reason);
  if (kind === 'settled') {
    return findings.settled(cleanText(discrepancyId), asArray(facts.taken).length, asArray(facts.left).length, reason);
  }
  const earlier = first === recorded ? '' : time(first);
  return findings.corrected(lookup(findings.times, what, findings.other), time(recorded), time(now), earlier, reason);
}

/** The differences of a record by the names of its fields, each once; `acts.0.twinOf` is one of the first act of a report. */
function differencesIn({ words }: Context, fields: unknown): readonly string[] {
  const { differences, otherDifference, inReportedAct } = words.findings;
  const all = cleanTexts(fields).map((path) => {
    const [, place, field = path] = /^acts\.(\d+)\.(\w+)/.exec(path) ?? [];
    const difference = lookup(differences, field, otherDifference);
    return place === undefined ? difference : inReportedAct(difference, Number(place) + 1);
  });
  return [...new Set(all)];
}

const longest = 300;

/** The reason why an entry could not be read, if the caller gave one. */
const unreadableReason = ({ problem }: Facts): string =>
  typeof problem === 'string' ? problem.slice(0, longest).trim().replace(/\.$/, '') : '';

/** The level of a finding: it makes the log unclean, it is beyond a threshold, or it is worth knowing. */
export function findingLevel(finding: Finding): readonly [Tone, IconName] {
  if (makesUnclean(finding)) return ['bad', 'bad'];
  return finding.kind === 'measure' ? ['warn', 'late'] : ['note', 'note'];
}

/** A measure by its unit: a count for `visits`, else a length of time. */
export function amount(name: unknown, value: unknown): string {
  return name === 'visits' ? String(value) : formatSigned(Number(value));
}

function measured({ words }: Context, facts: Facts): string {
  const { measure, value, threshold, what, lagMs, unmet } = facts;
  const { findings, measures } = words;
  if (measure === 'clock-skew') return `${lookup(findings.skew, what, findings.other)}${signedSkew(facts)}`;
  if (measure === 'unreported-lateness') return findings.unreported(amount(measure, lagMs));
  if (measure === 'early-start-call') {
    const rules = cleanTexts(unmet).filter(isWaivable);
    return findings.early(rules.map((rule) => requirementName(rule, words.locale)));
  }
  const most = threshold === 0 ? '' : amount(measure, threshold);
  return findings.lag(lookup(measures, measure, findings.other), amount(measure, value), most);
}

/** The deviation of a clock with its sign, if both times are known. */
function signedSkew({ after, takenAt, at, sentAt }: Facts): string {
  const skew = parseTime(at ?? sentAt) - parseTime(after ?? takenAt);
  return Number.isFinite(skew) && skew !== 0 ? ` (${formatSigned(skew)})` : '';
}

function deviation(context: Context, rule: Finding['rule'], facts: Facts): string {
  const { words, clock } = context;
  const { findings, codes } = words;
  if (rule !== undefined && isWaivable(rule)) {
    const requirement = requirementName(rule, words.locale);
    return facts.waivedBy === 'instruction'
      ? findings.byInstruction(requirement, clock.short(parseTime(facts.instructedAt)))
      : findings.byPolicy(requirement, cleanText(facts.policyId), cleanText(facts.reason));
  }
  if ('edition' in facts) return findings.edition;
  if ('readBy' in facts) return findings.policy(cleanText(facts.policyId) || defaultPolicy.id, cleanText(facts.readBy));
  if ('activity' in facts) {
    const activity = lookup(codes.activity, facts.activity, cleanText(facts.activity));
    return findings.activity(activity, cleanText(facts.policyId));
  }
  if ('unlisted' in facts) return findings.unlisted(cleanTexts(facts.unlisted));
  if ('denied' in facts) {
    const fact = lookup(codes.fact, facts.denied, cleanText(facts.denied));
    return findings.denied(fact, clock.short(parseTime(facts.recorded)), cleanText(facts.what).replace(/\.$/, ''));
  }
  return 'disputed' in facts ? findings.disputed(cleanTexts(facts.disputed)) : findings.other;
}
