/** `auxilio`, the languages, `auxilio/forms` and `auxilio/invariants`: visits are decided, folded, explained, audited and proved. */
import {
  audit,
  decide,
  defaultPolicy,
  dossier,
  evolve,
  explain,
  guide,
  initialState,
  reconcile,
  replay,
  type VisitEvent,
} from 'auxilio';
import * as core from 'auxilio/core';
import { en } from 'auxilio/en';
import { esCR } from 'auxilio/es-CR';
import { formOf, formsEn, formsEsCR, shownFields } from 'auxilio/forms';
import { invariants } from 'auxilio/invariants';
import { offlineMix, simulate } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

const roles = ['provider', 'contact-center', 'client'] as const;

export async function check(): Promise<string> {
  const read: unknown[] = [];
  let [events, refusals] = [0, 0];
  for (const { commands, events: log, state } of simulate({ visits: 40, seed: 38 })) {
    let folded = initialState();
    const decided: VisitEvent[] = [];
    for (const command of commands) {
      const decision = decide(command, folded);
      if (!decision.ok) throw new Error(`${command.type} was refused`);
      decided.push(...decision.events);
      for (const event of decision.events) folded = evolve(folded, event);
      for (const role of roles) {
        const [now, other] = [guide(folded, { role, locale: 'es-CR' }), core.guide(folded, { role, language: en })];
        ensureEqual(other.open.length, now.open.length, 'the acts that are open, in two languages');
        read.push(now, other.open);
        for (const {
          command: type,
          violations: [first],
        } of now.closed) {
          if (first === undefined) throw new Error(`${type} is closed without a reason`);
          refusals += 1;
          read.push(explain(first, 'en'), core.explain(first, esCR));
          read.push(shownFields(formOf(type, role === 'client' ? formsEn : formsEsCR), {}).length);
        }
      }
    }
    ensureEqual(
      JSON.stringify(decided.map(({ data }) => data)),
      JSON.stringify(log.map(({ data }) => data)),
      'the log',
    );
    ensureEqual(JSON.stringify(replay(log)), JSON.stringify(state), 'the state');
    ensureEqual(audit(log).clean, true, 'the audit of a lawful log');
    for (const { id, holds } of invariants) ensureEqual(holds(state, log, defaultPolicy), true, id);
    read.push(dossier(log), audit(log.toReversed()).findings);
    events += log.length;
  }
  for (const { events: log, requests } of simulate({ visits: 20, seed: 38, mix: offlineMix })) {
    for (const request of requests) {
      if (request.kind === 'batch') read.push(reconcile({ log, basedOn: request.basedOn, commands: request.commands }));
    }
    read.push(audit(log).findings);
  }
  return `${events} events, ${refusals} refusals explained: ${await digest(read)}`;
}
