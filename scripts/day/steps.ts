import type { Material, Test } from 'auxilio';
import { policy } from '../../examples/day/policy.ts';
import { type Act, promised, type Visit } from './scenario.ts';
import { later, type Time } from './time.ts';

/** The visit is assigned, judged by the policy of the day. */
export function assigned(v: Visit, time: Time): Act {
  const { caseNumber, client, provider, service, place, instructions, requiredShots } = v;
  return v.c(time, 'assignVisit', {
    caseNumber,
    client,
    provider,
    service,
    ...(instructions === undefined ? {} : { instructions }),
    place,
    arriveBy: promised(v.arriveBy),
    ...(requiredShots === undefined ? {} : { requiredShots }),
    policyId: policy.id,
  });
}

export function arrived(v: Visit, time: Time): Act[] {
  return [
    v.p(time, 'recordArrival', v.position === undefined ? {} : { position: v.position }),
    v.p(later(time, 2), 'showCredential', { credentialId: `AIS-${v.provider.id.slice(-3)}` }),
  ];
}

export function identified(v: Visit, time: Time, documentKind: 'cedula' | 'dimex' | 'passport' = 'cedula'): Act {
  return v.p(time, 'validateIdentity', { person: 'client', fullNameGiven: true, documentShown: true, documentKind });
}

/** From the door to the service announced. */
export function attended(v: Visit, time: Time, documentKind: 'cedula' | 'dimex' | 'passport' = 'cedula'): Act[] {
  return [
    ...arrived(v, time),
    identified(v, later(time, 3), documentKind),
    v.p(later(time, 4), 'announceService', { service: v.service }),
  ];
}

type Finding = { readonly where: string; readonly shots: readonly string[]; readonly diagnosis: string };

/** The fault located and looked over, photographed, sent by the app, assessed; the center puts the photographs on file. */
export function inspected(v: Visit, time: Time, { where, shots, diagnosis }: Finding): Act[] {
  const photoIds = v.photoIds(...shots.map((_, index) => index + 1));
  return [
    v.p(time, 'locateFault', { where }),
    v.p(later(time, 2), 'inspectArea', { clientPresent: true, clientConsented: true }),
    v.p(later(time, 4), 'takePhotos', { photos: v.photos(later(time, 3), 1, shots) }),
    v.p(later(time, 6), 'submitPhotos', { photoIds, channel: 'app' }),
    v.p(later(time, 9), 'assessService', { diagnosis }),
    v.c(later(time, 14), 'documentPhotos', { photoIds }),
  ];
}

export function explained(v: Visit, time: Time, method: string, materials: readonly Material[] = []): Act {
  return v.p(time, 'explainWork', { method, materials });
}

/** The client has all that was asked for, and the provider finds it right. */
export function supplied(v: Visit, time: Time, materials: readonly Material[]): Act[] {
  const items = materials.map(({ item, quantity, unit }) => ({
    item,
    quantity,
    ...(unit === undefined ? {} : { unit }),
  }));
  return [v.p(time, 'supplyMaterials', { suppliedBy: 'client', items }), v.p(later(time, 3), 'acceptMaterials')];
}

export function ready(v: Visit, time: Time, moved: readonly string[]): Act[] {
  return [
    v.p(time, 'showTools', { tools: v.tools }),
    v.p(later(time, 3), 'clearArea', { moved }),
    v.p(later(time, 5), 'reportStart', { call: v.contact(later(time, 4)) }),
  ];
}

/** Tools shown, area cleared, the start call made and put on record, work begun. */
export function started(v: Visit, time: Time, moved: readonly string[]): Act[] {
  return [
    ...ready(v, time, moved),
    v.p(later(time, 6), 'startWork'),
    v.c(later(time, 9), 'documentStart', { reference: `INI-${v.caseNumber.slice(-6)}` }),
  ];
}

const passed = (names: readonly string[]): Test[] => names.map((name) => ({ name, passed: true }));

/** The client tries out the repair with the provider and finds it right. */
export function tested(v: Visit, time: Time, tests: readonly string[]): Act[] {
  return [
    v.p(time, 'testQuality', { withClient: true, tests: passed(tests) }),
    v.p(later(time, 3), 'recordConformity'),
  ];
}

export function handedOver(v: Visit, time: Time): Act[] {
  return [
    v.p(time, 'handOverSite', { structuralConditionPreserved: true, tidy: true }),
    v.p(later(time, 2), 'showBelongings', { items: v.tools, clientConfirmed: true }),
  ];
}

/** The call that names the case, and the end. */
export function completed(v: Visit, time: Time): Act[] {
  return [
    v.p(time, 'reportCompletion', { caseNumber: v.caseNumber, call: v.contact(later(time, -1)) }),
    v.p(later(time, 2), 'giveFarewell'),
    v.p(later(time, 3), 'completeVisit'),
  ];
}

/** From the tests to the end. */
export function finished(v: Visit, time: Time, tests: readonly string[]): Act[] {
  return [...tested(v, time, tests), ...handedOver(v, later(time, 6)), ...completed(v, later(time, 10))];
}
