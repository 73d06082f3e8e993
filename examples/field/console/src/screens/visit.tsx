import type { CommandType, WaivableRule } from 'auxilio';
import { explain, guide } from 'auxilio/core';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isErased } from '../../../ui/erased.ts';
import { Icon } from '../../../ui/icon.tsx';
import { isTakenOver } from '../../../ui/returning.ts';
import { goTo, hrefOf, route } from '../../../ui/route.ts';
import { addressed, joined } from '../../../ui/text.ts';
import { Title } from '../../../ui/title.tsx';
import { ActForm } from '../act-form.tsx';
import { instant, named, namedEvent, phaseText, policy, say, t, useLanguage } from '../app.ts';
import { CalledAt, CallLink, ClientNumber, noNumbers, useTelephones } from '../calls.tsx';
import { leftIn } from '../case-later.tsx';
import { ClaimButton } from '../claim.tsx';
import { ClientPage } from '../client-page.tsx';
import { Unseen } from '../contact.tsx';
import { Denials } from '../denials.tsx';
import { Disagreements } from '../disagreements.tsx';
import { DossierBox } from '../dossier-box.tsx';
import { ErasureBox } from '../erasure.tsx';
import { HeldUpBox, heldUpIn } from '../held-up.tsx';
import { useKeys } from '../keys.ts';
import { backHref, goBack } from '../left.ts';
import { letterOf } from '../letters.ts';
import { Notes } from '../notes.tsx';
import { useReads } from '../reads.ts';
import { locale, session } from '../session.ts';
import { Timeline } from '../timeline.tsx';
import { type Log, useLog } from '../visit-log.ts';
import { Photos } from '../visit-photos.tsx';
import { Acts, Courtesy } from './visit-acts.tsx';
import { Debts, Facts } from './visit-facts.tsx';

export function Visit({ visitId }: { visitId: string }) {
  const log = useLog(visitId);
  const words = t();
  if (log === null) return <main class="opening">{words.loading}</main>;
  if ('ok' in log) {
    return (
      <main class="screen">
        <p class="problem" role="alert">
          {words.noVisit} {log.title}
        </p>
        <a href={backHref()}>{words.back}</a>
      </main>
    );
  }
  return <Opened log={log} />;
}

function Opened({ log }: { log: Log }) {
  const { state, visitId } = log;
  const language = useLanguage();
  const isReader = session.value?.role === 'payer';
  useReads(visitId, isReader);
  const center = guide(state, {
    role: 'contact-center',
    actorId: session.value?.actorId ?? '',
    language,
    now: instant(),
    policy,
  });
  const byProvider = new Set(commandsOf(guide(state, { role: 'provider', policy })));
  const open = isReader ? [] : center.open.filter(({ command }) => command !== 'SettleDiscrepancy');
  const [act, setAct] = useState<CommandType | null>((route.value.command as CommandType | undefined) ?? null);
  const chosen = open.find(({ command }) => command === act);
  const unsettled = state.debts.filter(({ kind }) => kind === 'settle-discrepancy').length;
  const [waives, setWaives] = useState<readonly WaivableRule[]>([]);
  const heldUp = heldUpIn(state, (rejection) => explain(rejection, language, 'contact-center'));
  function waive(rules: readonly WaivableRule[]) {
    setWaives(rules);
    setAct('GiveInstruction');
  }
  const column = useRef<HTMLDivElement>(null);
  const left = useRef<CommandType | null>(null);
  function leave() {
    left.current = act;
    setWaives([]);
    setAct(null);
  }
  // The form had the focus, or an act that was recorded: it goes to the one that is due, as Enter does, or back to the one that was left.
  useEffect(() => {
    if (act !== null || left.current === null || document.activeElement !== document.body) return;
    const places = ['.act-list .primary', `#act-${left.current}`, '.act-list button'];
    const button = places.map((place) => column.current?.querySelector<HTMLElement>(place)).find(Boolean);
    button?.focus({ preventScroll: true });
  }, [act, log.events.length]);
  // Another operator, or the provider, did it first.
  const isGone = act !== null && chosen === undefined;
  useEffect(() => {
    if (!isGone) return;
    // It may be the act that this form has just sent, whose answer closes it.
    const timer = setTimeout(() => {
      const last = log.events.at(-1);
      say(t().noLonger(named(act), last === undefined ? '' : namedEvent(last.type)));
      leave();
    }, 500);
    return () => clearTimeout(timer);
  }, [isGone]);
  const [numbers, setNumbers] = useTelephones(log, isReader);
  const choose = (command: CommandType) => () => setAct(command);
  const letters = Object.fromEntries(
    open.map(({ command }) => [letterOf(command), { does: named(command), run: choose(command) }]),
  );
  const { suggested } = center;
  useKeys({
    ...letters,
    ...(unsettled > 0 && { d: { does: t().decideCase, run: () => goTo('case', visitId) } }),
    Enter:
      suggested === 'SettleDiscrepancy'
        ? () => goTo('case', visitId)
        : suggested !== null
          ? choose(suggested)
          : undefined,
    w:
      heldUp === null || heldUp.waivable.length === 0
        ? undefined
        : { does: t().waive, run: () => waive(heldUp.waivable) },
    Escape: () => (act === null ? goBack() : leave()),
  });
  return (
    <main class="screen visit">
      <Header
        log={log}
        client={
          <>
            <CallLink number={numbers.client} visitId={visitId} to="client" name={state.client?.name ?? ''} />{' '}
            <CalledAt visitId={visitId} to="client" />
            {!isReader && numbers !== noNumbers && numbers.client === null && !isErased(state.client?.name ?? '') && (
              <ClientNumber visitId={visitId} noted={setNumbers} />
            )}
          </>
        }
      />
      {unsettled > 0 && !isReader && (
        <a class="case-link" href={hrefOf('case', visitId)}>
          <Icon name="warn" /> {t().discrepancyOpen(unsettledActs(log))} · {t().decideCase} <kbd>D</kbd>
        </a>
      )}
      {unsettled === 0 && !isReader && leftIn(log).length > 0 && (
        <p>
          <a href={hrefOf('case', visitId)}>{t().somethingLeft}</a>
        </p>
      )}
      <Unseen log={log} />
      <div class="columns">
        <div class="column">
          <Denials state={state} />
          <Disagreements visitId={visitId} isReader={isReader} />
          <Debts log={log} numbers={numbers} />
          <Facts log={log} number={numbers.provider} />
          <Photos log={log} />
          {!isReader && <ClientPage log={log} />}
          {!isReader && <Notes visitId={visitId} />}
          {session.value?.role === 'supervisor' && <ErasureBox visitId={visitId} />}
        </div>
        <Timeline log={log} />
        {isReader ? (
          <DossierBox log={log} />
        ) : (
          <div class="column acts" ref={column}>
            {chosen === undefined ? (
              <>
                <HeldUpBox state={state} waive={waive} />
                <Acts open={open} byProvider={byProvider} suggested={suggested} choose={setAct} />
                <Courtesy state={state} />
              </>
            ) : (
              <ActForm key={chosen.command} log={log} line={chosen} waives={waives} close={leave} />
            )}
          </div>
        )}
      </div>
    </main>
  );
}

const commandsOf = ({ open, closed }: ReturnType<typeof guide>) => [...open, ...closed].map(({ command }) => command);

const unsettledActs = ({ state, events }: Log): number => {
  const open = new Set(state.debts.flatMap(({ about }) => about ?? []));
  return events
    .flatMap((event) =>
      event.type === 'DiscrepancyReported' && open.has(event.data.discrepancyId) ? event.data.acts : [],
    )
    .filter(({ twinOf }) => twinOf === undefined).length;
};

export function Header({ log, client: call }: { log: Log; client?: ComponentChildren }) {
  const words = t();
  const { state, visitId } = log;
  const { client, caseNumber, service, place, phase } = state;
  return (
    <header class="visit-head">
      <a class="back" href={backHref()} aria-label={words.back}>
        <Icon name="back" />
      </a>
      <div>
        <Title app={words.title} page={caseNumber ?? visitId}>
          {client === null ? (caseNumber ?? visitId) : addressed(client, locale())}
        </Title>
        <p>
          {joined(caseNumber, service, place)} {call}
        </p>
      </div>
      <span class={`phase ${phase}`}>{phaseText(phase, isTakenOver(log))}</span>
      {session.value?.role !== 'payer' && <ClaimButton visitId={visitId} />}
    </header>
  );
}
