import type { Client, Material, SuppliedItem } from '../../messages/index.ts';
import type { Mix } from './mix.ts';
import { recordApart } from './offline.ts';
import type { Rng } from './prng.ts';
import { VisitBuilder } from './visit-builder.ts';
import type { SimulatedVisit } from './visit-recorder.ts';

const people = [
  { name: 'Ana Rojas', title: 'doña' },
  { name: 'José Mora', title: 'don' },
  { name: 'Xinia Ureña', title: 'doña' },
  { name: 'Álvaro Solís', title: 'don' },
  { name: 'Kimberly Brown', title: 'doña' },
  { name: 'Óscar Jiménez', title: 'don' },
  { name: 'Flor Quirós', title: 'doña' },
] as const satisfies readonly Client[];
const places = [
  'Barva, Heredia',
  'Curridabat, San José',
  'Cartago centro',
  'Limón, barrio Roosevelt',
  'Nicoya',
] as const;
const services = ['Fontanería', 'Electricidad', 'Cerrajería', 'Vidriería', 'Techos y canoas'] as const;
const goods: readonly [Material, ...Material[]] = [
  { item: 'Tubo PVC 1/2', quantity: 2.5, unit: 'm' },
  { item: 'Cerradura', quantity: 1 },
  { item: 'Cable THHN 12', quantity: 10, unit: 'm', kind: 'sólido' },
  { item: 'Silicón', quantity: 1, quality: 'neutro' },
];

/** A Tuesday in March, as the first day; visits spread over some weeks. */
const firstDay = Date.UTC(2026, 2, 17);

/** Tells the visit of that number. */
export function tell(index: number, dice: Rng, mix: Mix): SimulatedVisit {
  const begin = firstDay + (Math.floor(index / 40) * 24 + 12) * 3_600_000 + dice.between(0, 480) * 60_000;
  const operator = { role: 'contact-center', id: `op-${dice.between(1, 12)}` } as const;
  const visit = new VisitBuilder(`sim-${index + 1}`, dice, begin, operator);
  assign(visit, index, mix);
  travel(visit, mix);
  if (atTheDoor(visit, mix)) {
    inspect(visit, mix);
    materials(visit, mix);
    work(visit, mix);
    close(visit, mix);
  }
  const { visitId, commands, events, state } = visit;
  if (recordsApart(mix)) return recordApart({ visitId, commands, operator }, dice, mix);
  return { visitId, commands, events, state, requests: commands.map((command) => ({ kind: 'command', command })) };
}

/** True if a mix has two writers, mistakes, or clients who speak. */
const recordsApart = ({ offline, twin, mistimed, annulled, handedOver, closingAnnulled, attested }: Mix): boolean =>
  offline + twin + mistimed + annulled + handedOver + closingAnnulled + attested > 0;

function assign(visit: VisitBuilder, index: number, mix: Mix): void {
  const { dice } = visit;
  visit.center('AssignVisit', {
    caseNumber: `EXP-2026-${String(100_000 + index)}`,
    client: chooseClient(dice),
    provider: { id: `prov-${dice.between(1, 60)}`, ...dice.oneOf<Client>(people) },
    service: dice.oneOf(services),
    place: dice.oneOf(places),
    arriveBy: visit.inMinutes(90),
  });
  if (dice.chance(mix.amended)) visit.wait(2, 20).center('AmendAssignment', { place: `${dice.oneOf(places)}, casa 2` });
}

function chooseClient(dice: Rng): Client {
  const { name, title } = dice.oneOf<Client>(people);
  return dice.chance(0.8) && title !== undefined ? { name, title } : { name };
}

function travel(visit: VisitBuilder, mix: Mix): void {
  const { dice } = visit;
  visit.wait(15, 50);
  if (dice.chance(mix.delay)) {
    visit.provider('ReportTransitIssue', { issue: 'delay', expectedArrival: visit.inMinutes(60) });
    visit.center('AcknowledgeTransitIssue', {}).wait(1, 12);
    visit.center('NotifyClient', { about: ['delay'], reached: dice.chance(0.9) });
  } else if (dice.chance(mix.breakdown)) {
    visit.provider('ReportTransitIssue', { issue: 'breakdown', resolvable: true, exceedsResponseTime: true });
    visit.wait(2, 10).center('NotifyClient', { about: ['delay'], reached: true });
  } else if (dice.chance(mix.reassigned)) {
    visit.center('ReportTransitIssue', { issue: 'breakdown', resolvable: false }).wait(5, 30);
    const provider = { id: `prov-${dice.between(61, 90)}`, ...dice.oneOf<Client>(people) };
    visit.center('ReassignProvider', { provider, arriveBy: visit.inMinutes(75) });
    visit.center('NotifyClient', { about: ['provider-change'], reached: true });
  }
  visit.wait(10, 60).provider('RecordArrival', {}).provider('ShowCredential', {});
}

/** True if the visit goes on from the door. */
function atTheDoor(visit: VisitBuilder, mix: Mix): boolean {
  const { dice } = visit;
  let person: 'client' | 'representative' = 'client';
  if (dice.chance(mix.absent)) {
    visit.wait(3, 10).provider('ReportClientAbsence', { call: visit.call() }).wait(2, 15);
    if (dice.chance(0.5)) {
      const text = 'Atiende otra persona adulta';
      visit.center('GiveInstruction', { about: 'client-absence', decision: 'proceed-with-representative', text });
      person = 'representative';
    } else {
      visit.center('GiveInstruction', { about: 'client-absence', decision: 'wait', text: 'Espere 15 minutos' });
      visit.wait(5, 15).provider('RecordClientReturn', {});
    }
  }
  if (dice.chance(mix.calledOff)) {
    const decision = dice.oneOf<'cancel' | 'reschedule'>(['cancel', 'reschedule']);
    visit.center('GiveInstruction', { about: 'visit', decision, text: 'A solicitud del cliente' });
    visit.wait(1, 10).provider('CloseVisit', {});
    return false;
  }
  visit.provider('ValidateIdentity', { person, fullNameGiven: true, documentShown: true, documentKind: 'cedula' });
  return true;
}

function inspect(visit: VisitBuilder, mix: Mix): void {
  const { dice } = visit;
  visit.provider('AnnounceService', { service: visit.state.service ?? '' });
  visit.provider('LocateFault', { where: dice.oneOf(['la cocina', 'el baño', 'el patio', 'la entrada']) }).wait(1, 4);
  visit.provider('InspectArea', { clientPresent: true, clientConsented: true });
  const photos = Array.from({ length: dice.between(1, 4) }, (_, index) => ({
    photoId: `f-${index + 1}`,
    sha256: String(index + 1).repeat(64),
    takenAt: visit.now,
  }));
  const photoIds = photos.map(({ photoId }) => photoId);
  visit.provider('TakePhotos', { photos }).wait(0, 12);
  if (dice.chance(mix.photosByEmail)) {
    visit.provider('SubmitPhotos', { photoIds, channel: 'email', appUnavailableReason: 'La aplicación no abre' });
  } else visit.provider('SubmitPhotos', { photoIds, channel: 'app' });
  if (dice.chance(0.9)) visit.center('DocumentPhotos', { photoIds });
  visit.wait(3, 12).provider('AssessService', { diagnosis: 'Pieza dañada' });
}

function materials(visit: VisitBuilder, mix: Mix): void {
  const { dice } = visit;
  const list = dice.chance(mix.noMaterials) ? [] : [dice.oneOf(goods)];
  visit.provider('ExplainWork', { method: 'Cambio de la pieza', materials: list });
  if (list.length === 0) return;
  if (dice.chance(mix.offContractRequest))
    visit.provider('DeclineOffContractRequest', { activity: 'material-purchase' });
  if (dice.chance(mix.daysToBuy)) comeBack(visit);
  visit.wait(10, 60);
  if (dice.chance(mix.materialsRejected)) {
    const short = list.map(({ item, quantity }) => ({ item, quantity: quantity / 2 }));
    visit.provider('SupplyMaterials', { suppliedBy: 'client', items: short });
    visit.provider('RejectMaterials', { mismatches: [{ item: short[0]?.item ?? '', reasons: ['quantity'] }] });
    if (dice.chance(mix.materialsRefused * 4)) {
      visit.provider('ReportMaterialsRefusal', { call: visit.call() }).wait(3, 20);
      visit.center('CoordinateMaterials', { outcome: 'client-will-supply' });
    }
    visit.wait(15, 60);
  }
  visit
    .provider('SupplyMaterials', { suppliedBy: 'client', items: list.map(asSupplied) })
    .provider('AcceptMaterials', {});
}

const asSupplied = ({ item, quantity, unit }: Material): SuppliedItem =>
  unit === undefined ? { item, quantity } : { item, quantity, unit };

/** The provider leaves, comes back another day, and repeats the acts that the protocol requires. */
function comeBack(visit: VisitBuilder): void {
  visit.provider('PauseWork', { kind: 'second-visit', notice: visit.call() }).nextDay(1, 4);
  visit.provider('RecordArrival', {}).provider('ResumeWork', { kind: 'second-visit', notice: visit.call() });
}

function work(visit: VisitBuilder, mix: Mix): void {
  const { dice } = visit;
  visit.provider('ShowTools', { tools: ['llave', 'taladro'] }).provider('ClearArea', { moved: [] });
  visit.provider('ReportStart', { call: visit.call() });
  if (dice.chance(0.95)) visit.center('DocumentStart', {});
  visit.prepare('StartWork').provider('StartWork', {}).wait(15, 60);
  if (dice.chance(mix.workBreak)) {
    visit.provider('PauseWork', { kind: 'break' }).wait(10, 40).provider('ResumeWork', { kind: 'break' }).wait(5, 30);
  }
  if (dice.chance(mix.extraMaterials)) {
    const extra = [dice.oneOf(goods)];
    visit.provider('RequestExtraMaterials', { materials: extra }).wait(15, 60);
    visit
      .provider('SupplyMaterials', { suppliedBy: 'client', items: extra.map(asSupplied) })
      .provider('AcceptMaterials', {})
      .wait(5, 30);
  }
  if (dice.chance(mix.secondVisit)) {
    comeBack(visit);
    visit.wait(15, 60);
  }
  if (dice.chance(mix.escalation)) {
    visit.provider('EscalateClientImpact', { what: 'Se mojó un mueble', noticedAt: visit.now }).wait(1, 20);
    visit.center('GiveInstruction', { about: 'escalation', decision: 'proceed', text: 'Se atiende aparte' });
  }
  if (dice.chance(mix.conductBreach)) visit.center('ReportConductBreach', { kind: 'smoking' });
}

function close(visit: VisitBuilder, mix: Mix): void {
  const { dice } = visit;
  const tested = (passed: boolean) =>
    visit.provider('TestQuality', { withClient: true, tests: [{ name: 'prueba', passed }] });
  if (dice.chance(mix.testFailed)) tested(false).wait(10, 30);
  tested(true);
  if (dice.chance(mix.objection)) {
    visit.provider('RecordObjection', { what: 'Todavía gotea' }).wait(10, 30);
    tested(true);
  }
  visit.provider('RecordConformity', {}).provider('HandOverSite', { structuralConditionPreserved: true, tidy: true });
  visit.provider('ShowBelongings', { items: ['llave', 'taladro'], clientConfirmed: true }).wait(0, 10);
  visit.provider('ReportCompletion', { caseNumber: visit.state.caseNumber ?? '', call: visit.call() });
  if (dice.chance(mix.farewell)) visit.provider('GiveFarewell', {});
  visit.provider('CompleteVisit', {});
}
