import { describe, expect, it } from 'vitest';
import type { CommandOf } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, fact, given, minute } from '../../src/testing.ts';
import {
  accept,
  agreement,
  askExtra,
  byOperator,
  byProvider,
  forClient,
  instruct,
  needed,
  policyAllowing,
  refusal,
  reject,
} from '../scenarios/commands.ts';
import { awaiting, away, materialsAt, onBreak, stateOf, working } from '../scenarios/moments.ts';

const supply = (data: object) => command('SupplyMaterials', { items: needed, ...data });
const rejectFor = (mismatches?: CommandOf<'RejectMaterials'>['data']['mismatches']) =>
  command('RejectMaterials', mismatches === undefined ? {} : { mismatches });

describe('1.1-31 materials come from the client, unless the contract lets the provider buy them', () => {
  it('refuses what the provider supplied', () => {
    given(materialsAt.requested())
      .when(supply({ suppliedBy: 'provider' }))
      .rejects(['supplier-allowed', '1.1-31']);
  });
  it('refuses when nobody says who supplied them', () => {
    given(materialsAt.requested()).when(supply({})).rejects(['supplier-allowed', '1.1-31']);
  });
  it('refuses under an allow-list of other things', () => {
    given(materialsAt.requested())
      .when(supply({ suppliedBy: 'provider' }), policyAllowing('other', 'Material-Purchase'))
      .rejects(['supplier-allowed', '1.1-31']);
  });
  it('refuses when nobody says who, whatever is allowed', () => {
    given(materialsAt.requested())
      .when(supply({}), policyAllowing('material-purchase'))
      .rejects(['supplier-allowed', '1.1-31']);
  });
  it('accepts what the provider supplied when material-purchase is allowed', () => {
    given(materialsAt.requested())
      .when(supply({ suppliedBy: 'provider' }), policyAllowing('material-purchase'))
      .accepts('MaterialsSupplied', forClient);
  });
});

describe('1.1-32 the client supplies what was asked for', () => {
  it('refuses materials that nobody asked for, and says who must supply them', () => {
    given(materialsAt.unknown())
      .when(supply({ suppliedBy: 'provider' }))
      .rejects(['materials-wanted', '1.1-32'], ['supplier-allowed', '1.1-31']);
  });
  it('keeps what is there now: the latest supply counts alone', () => {
    const first = advance(materialsAt.requested(), supply({ suppliedBy: 'client' }));
    const state = given(first)
      .when(supply({ suppliedBy: 'client', items: [{ item: 'codo', quantity: 3 }] }))
      .accepts('MaterialsSupplied', forClient);
    expect(state.materials).toEqual({
      status: 'supplied',
      requested: needed,
      supplied: [{ item: 'codo', quantity: 3 }],
      suppliedAt: minute(0),
      acceptedAt: null,
      awaited: false,
    });
  });
  it('keeps null when no list is given, an empty one when it is empty', () => {
    const unlisted = command('SupplyMaterials', { suppliedBy: 'client' });
    const empty = supply({ suppliedBy: 'client', items: [] });
    const supplied = advance(materialsAt.requested(), supply({ suppliedBy: 'client' }));
    expect(given(supplied).when(unlisted).accepts('MaterialsSupplied', forClient).materials.supplied).toBeNull();
    expect(given(supplied).when(empty).accepts('MaterialsSupplied', forClient).materials.supplied).toEqual([]);
  });
  it.each(['cancel', 'reschedule'] as const)(
    '1.1-10 is not closed under %s: it is an act of the client',
    (decision) => {
      given(advance(materialsAt.requested(), instruct('visit', decision)))
        .when(supply({ suppliedBy: 'client' }))
        .accepts('MaterialsSupplied', forClient);
    },
  );
  it('1.2-12 is not frozen while a reassignment is owed', () => {
    given(materialsAt.requested(), fact('TransitIssueReported', { issue: 'breakdown', resolvable: false }))
      .when(supply({ suppliedBy: 'client' }))
      .accepts('MaterialsSupplied', forClient);
  });
});

describe('1.1-33 the provider verifies the materials before accepting them', () => {
  it.each([
    ['unknown', '1.1-33'],
    ['not-needed', '1.1-33'],
    ['requested', '1.1-33'],
    ['accepted', '1.1-33'],
    ['coordinated', '1.1-33'],
    ['rejected', '1.1-35'],
    ['in-dispute', '1.1-37'],
  ] as const)('refuses to accept what is %s by %s, and does not judge how much there is', (status, clause) => {
    given(materialsAt[status]()).when(accept).rejects(['materials-supplied', clause]);
  });
  it('accepts what is enough', () => {
    const state = given(materialsAt.supplied()).when(accept).accepts('MaterialsAccepted', byProvider);
    expect(state.materials.status).toBe('accepted');
  });
});

describe('1.1-35 a rejection names what does not match: quantity, kind or quality', () => {
  it.each([
    ['no list', undefined],
    ['an empty list', []],
    ['a mismatch without reasons', [{ item: 'Tubo PVC' }]],
    ['a mismatch with no reason in its list', [{ item: 'Tubo PVC', reasons: [] }]],
    ['a reason of another kind', [{ item: 'Tubo PVC', reasons: ['price'] }]],
    ['another reason beside a lawful one', [{ item: 'Tubo PVC', reasons: ['quality', 'brand'] }]],
    ['reasons of one of two', [{ item: 'Tubo PVC', reasons: ['quality'] }, { item: 'codo' }]],
  ])('refuses %s', (_, mismatches) => {
    given(materialsAt.supplied()).when(rejectFor(mismatches)).rejects(['mismatch-reasons', '1.1-35']);
  });
  it.each(['quantity', 'kind', 'quality'])('accepts the reason %s', (reason) => {
    const state = given(materialsAt.supplied())
      .when(rejectFor([{ item: 'Tubo PVC', reasons: [reason], note: 'no sirve' }]))
      .accepts('MaterialsRejected', byProvider);
    expect(state.materials.status).toBe('rejected');
  });
  it.each(['unknown', 'not-needed', 'requested', 'accepted', 'rejected', 'in-dispute', 'coordinated'] as const)(
    '1.1-33 refuses to reject what is %s',
    (status) => {
      given(materialsAt[status]())
        .when(rejectFor([{ item: 'Tubo PVC', reasons: ['kind'] }]))
        .rejects(['materials-supplied', '1.1-33']);
    },
  );
  it('lists both rules that fail', () => {
    given(materialsAt.requested())
      .when(rejectFor())
      .rejects(['materials-supplied', '1.1-33'], ['mismatch-reasons', '1.1-35']);
  });
});

describe('1.1-36 what was rejected is supplied anew, as often as it takes', () => {
  it('goes from rejected to supplied and accepted', () => {
    const rounds = advance(materialsAt.rejected(), [supply({ suppliedBy: 'client' }), reject]);
    const settled = advance(rounds, [supply({ suppliedBy: 'client' }), accept]);
    expect(stateOf(settled).materials.status).toBe('accepted');
  });
  it.each(['supplied', 'rejected', 'in-dispute'] as const)('refuses another list while materials are %s', (status) => {
    given(materialsAt[status]())
      .when(command('ExplainWork', { method: 'otro', materials: needed }))
      .rejects(['no-round-underway', '1.1-36']);
  });
});

describe('1.1-37 1.1-38 a client who will not change the materials is reported by a call', () => {
  it.each(['unknown', 'not-needed', 'supplied', 'accepted', 'in-dispute'] as const)(
    'refuses the report while materials are %s',
    (status) => {
      given(materialsAt[status]()).when(refusal).rejects(['materials-refusable', '1.1-37']);
    },
  );
  it.each(['requested', 'rejected', 'coordinated'] as const)('accepts it while they are %s', (status) => {
    const state = given(materialsAt[status]()).when(refusal).accepts('MaterialsChangeRefused', byProvider);
    expect(state.materials.status).toBe('in-dispute');
  });
  it('refuses it without the call', () => {
    given(materialsAt.rejected()).when(command('ReportMaterialsRefusal', {})).rejects(['call-made', '1.1-38']);
  });
  it('lists both rules that fail', () => {
    given(materialsAt.supplied())
      .when(command('ReportMaterialsRefusal', {}))
      .rejects(['materials-refusable', '1.1-37'], ['call-made', '1.1-38']);
  });
});

describe('1.1-39 the contact center coordinates with the client', () => {
  it.each(['unknown', 'not-needed', 'requested', 'supplied', 'accepted', 'rejected'] as const)(
    'refuses while materials are %s',
    (status) => {
      given(materialsAt[status]()).when(agreement).rejects(['dispute-open', '1.1-39']);
    },
  );
  it.each([
    ['client-will-supply', null],
    ['reschedule', 'reschedule'],
    ['cancel', 'cancel'],
  ] as const)('1.1-10 %s leaves the instruction %s standing', (outcome, instruction) => {
    const state = given(materialsAt['in-dispute']())
      .when(command('CoordinateMaterials', { outcome }))
      .accepts('MaterialsCoordinated', byOperator);
    expect(state.materials.status).toBe('coordinated');
    expect(state.instruction).toBe(instruction);
  });
  it('1.1-10 client-will-supply does not end an instruction that stands, another outcome replaces it', () => {
    const cancelled = advance(materialsAt['in-dispute'](), command('CoordinateMaterials', { outcome: 'cancel' }));
    expect(stateOf(advance(cancelled, agreement)).instruction).toBe('cancel');
    const moved = advance(cancelled, command('CoordinateMaterials', { outcome: 'reschedule' }));
    expect(stateOf(moved).instruction).toBe('reschedule');
  });
  it('lets the client supply again, or the work be explained anew', () => {
    given(materialsAt.coordinated())
      .when(supply({ suppliedBy: 'client' }))
      .accepts('MaterialsSupplied', forClient);
    given(materialsAt.coordinated())
      .when(command('ExplainWork', { method: 'otro', materials: [] }))
      .accepts('WorkExplained', byProvider);
  });
});

describe('1.1-29 more materials are asked for while the work is running', () => {
  const ask = (...materials: { item: string; quantity: number }[]) => command('RequestExtraMaterials', { materials });

  it('refuses an empty list', () => {
    given(working()).when(ask()).rejects(['materials-listed', '1.1-29']);
  });
  it.each([
    ['before the start', () => materialsAt.accepted()],
    ['on a break', onBreak],
    ['away', away],
    ['awaiting materials', awaiting],
  ])('refuses %s', (_, past) => {
    given(past())
      .when(ask({ item: 'codo', quantity: 1 }))
      .rejects(['running', '1.1-29']);
  });
  it('lists both rules that fail', () => {
    given(eventsAfter('ShowTools')).when(ask()).rejects(['running', '1.1-29'], ['materials-listed', '1.1-29']);
  });
  it('is a request of its own', () => {
    const state = given(working()).when(askExtra).accepts('ExtraMaterialsRequested', byProvider);
    expect(state.materials.requested).toEqual([{ item: 'codo', quantity: 1 }]);
    expect(state.materials).toMatchObject({ status: 'requested', awaited: true });
  });
});
